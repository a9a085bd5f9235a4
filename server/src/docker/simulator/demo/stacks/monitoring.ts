import type { Stack } from '../plan.ts'

/**
 * Who watches the rest. The metrics have a volume, and may go wherever there is a fast disk:
 * on three nodes of four they would find an empty one.
 */
export const MONITORING: Stack = {
  name: 'monitoring',

  secrets: [{ name: 'monitoring_grafana_admin_v1', ago: '201 d' }],

  configs: [
    {
      name: 'monitoring_rules_v8',
      ago: '260 d',
      content:
        'groups:\n  - name: shop\n    rules:\n      - alert: CheckoutDown\n        expr: up{job="checkout"} == 0\n        for: 2m\n',
    },
    {
      name: 'monitoring_rules_v9',
      ago: '201 d',
      content:
        'groups:\n  - name: shop\n    rules:\n      - alert: CheckoutDown\n        expr: up{job="checkout"} == 0\n        for: 30s\n',
    },
  ],

  services: {
    agent: {
      image: 'prom/node-exporter:v1.9.1',
      runs: 'everywhere',
      limits: { gib: 0.125 },
    },
    metrics: {
      image: 'prom/prometheus:v3.4.2',
      runs: 1,
      where: ['node.labels.disk==ssd'],
      volumes: { metrics: '/prometheus' },
      configs: { monitoring_rules_v9: '/etc/prometheus/rules.yaml' },
      reserves: { cpus: 1, gib: 4 },
    },
    grafana: {
      image: 'grafana/grafana:latest',
      runs: 1,
      where: ['node.role==worker'],
      ports: ['3000:3000'],
      secrets: { monitoring_grafana_admin_v1: 'admin_password' },
      reserves: { gib: 0.5 },
    },
  },

  story: [
    { ago: '200 d', deploy: 'agent' },
    { ago: '200 d', deploy: 'metrics' },
    { ago: '200 d', deploy: 'grafana' },
    { ago: '6 d', release: 'metrics', tags: ['v3.5.0'] },
  ],
}
