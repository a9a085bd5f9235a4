import type { Stack } from '../plan.ts'

/**
 * Numbers for the management. The cube wants more memory than is left for a third of it;
 * the ranker wants a graphics card, and no node has one.
 */
export const ANALYTICS: Stack = {
  name: 'analytics',

  services: {
    events: {
      image: 'redpandadata/redpanda:v25.2.1',
      runs: 3,
      where: ['node.labels.disk==ssd'],
      volumes: { events: '/var/lib/redpanda/data' },
      reserves: { cpus: 0.5, gib: 2 },
    },
    cube: {
      image: 'registry.kettle.example/analytics/cube:2.0.3',
      runs: 3,
      where: ['node.role==worker', 'node.labels.disk==hdd'],
      reserves: { cpus: 1, gib: 18 },
      limits: { gib: 18 },
    },
    ranker: {
      image: 'registry.kettle.example/analytics/ranker:0.3.0',
      runs: 1,
      where: ['node.labels.gpu==true'],
      reserves: { cpus: 2, gib: 4 },
    },
    reports: {
      image: 'registry.kettle.example/analytics/reports:1.1.0',
      runs: 0,
      where: ['node.role==worker'],
    },
  },

  story: [
    { ago: '60 d', deploy: 'events' },
    { ago: '60 d', deploy: 'reports' },
    { ago: '5 h', deploy: 'cube' },
    { ago: '47 min', deploy: 'ranker' },
  ],
}
