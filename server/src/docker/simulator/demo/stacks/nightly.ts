import type { Stack } from '../plan.ts'

/** What runs by the clock, and ends. */
export const NIGHTLY: Stack = {
  name: 'nightly',

  services: {
    backup: {
      image: 'registry.kettle.example/ops/backup:1.6.2',
      runs: { job: 1 },
      where: ['node.hostname==worker-1'],
      secrets: { shop_db_password_v2: 'db_password' },
      restart: { on: 'on-failure', most: 2 },
    },
    cleanup: {
      image: 'registry.kettle.example/ops/cleanup:1.6.2',
      runs: { job: 2 },
      where: ['node.role==worker'],
      restart: { on: 'on-failure', most: 2 },
    },
  },

  story: [
    { ago: '9 h', deploy: 'backup' },
    { ago: '8 h', deploy: 'cleanup' },
    { every: '10 min', after: '2 min', run: 'backup' },
    { every: '15 min', after: '7 min', run: 'cleanup' },
  ],
}
