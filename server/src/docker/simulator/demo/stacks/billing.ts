import type { Stack } from '../plan.ts'

/**
 * Invoices and the ledger. The import of the ledger cannot reach its database, and is
 * started again and again; the job of the night's invoices is done.
 */
export const BILLING: Stack = {
  name: 'billing',

  secrets: [
    {
      name: 'billing_db_password_v4',
      ago: '31 d',
      labels: { owner: 'billing', 'rotation-days': '90' },
    },
    { name: 'billing_db_password_v3', ago: '121 d', labels: { owner: 'billing' } },
  ],

  services: {
    api: {
      image: 'registry.kettle.example/billing/api:3.6.2',
      runs: 3,
      where: ['node.role==worker'],
      secrets: { billing_db_password_v4: 'db_password' },
      health: { test: 'curl -fsS localhost:8080/healthz', every: '5 s' },
      update: { atOnce: 1, delay: '10 s', onFailure: 'rollback', order: 'start-first' },
      reserves: { cpus: 0.5, gib: 1 },
    },
    worker: {
      image: 'registry.kettle.example/billing/worker:3.7.0',
      runs: 2,
      where: ['node.role==worker'],
      secrets: { billing_db_password_v4: 'db_password' },
      reserves: { cpus: 0.5, gib: 1 },
    },
    'ledger-import': {
      image: 'registry.kettle.example/billing/ledger-import:1.8.0',
      runs: 1,
      where: ['node.role==worker'],
      secrets: { billing_db_password_v4: 'db_password' },
      restart: { after: '20 s' },
      reserves: { gib: 1 },
    },
    invoices: {
      image: 'registry.kettle.example/billing/invoices:3.7.0',
      runs: { job: 3 },
      where: ['node.role==worker'],
      secrets: { billing_db_password_v4: 'db_password' },
      restart: { on: 'on-failure', most: 3 },
    },
  },

  story: [
    { ago: '31 d', deploy: 'api' },
    { ago: '31 d', deploy: 'worker' },
    { ago: '20 d', release: 'api', tags: ['3.7.0'] },
    { ago: '7 h', deploy: 'invoices' },
    { ago: '25 min', deploy: 'ledger-import' },
  ],
}
