import type { Stack } from '../plan.ts'

/**
 * What customers see. The catalog is being rolled out as you look. The checkout is not: its
 * new version does not pass its health check, and the swarm has paused the update. The
 * uploads lie on one node's disk, and nothing keeps their service there.
 */
export const SHOP: Stack = {
  name: 'shop',
  networks: ['front', 'back'],

  secrets: [
    { name: 'shop_db_password_v1', ago: '395 d', labels: { owner: 'shop' } },
    {
      name: 'shop_db_password_v2',
      ago: '204 d',
      labels: { owner: 'shop', 'rotation-days': '90' },
    },
    { name: 'shop_session_key_v7', ago: '77 d', labels: { 'rotation-days': '90' } },
    {
      name: 'shop_psp_api_key_v3',
      ago: '77 d',
      labels: { owner: 'payments', 'rotation-days': '365' },
    },
  ],

  configs: [
    {
      name: 'shop_features_v11',
      ago: '140 d',
      content: 'gift_cards: false\nnew_checkout: false\nrecommendations: true\n',
    },
    {
      name: 'shop_features_v12',
      ago: '30 d',
      content: 'gift_cards: true\nnew_checkout: false\nrecommendations: true\n',
    },
  ],

  services: {
    uploads: {
      image: 'registry.kettle.example/shop/uploads:2.4.1',
      runs: 1,
      volumes: { uploads: '/var/lib/uploads' },
      networks: ['front'],
      reserves: { cpus: 0.5, gib: 6 },
    },
    db: {
      image: 'postgres:16.4',
      runs: 1,
      where: ['node.hostname==worker-1'],
      volumes: { 'db-data': '/var/lib/postgresql/data' },
      secrets: { shop_db_password_v2: 'db_password' },
      env: { POSTGRES_DB: 'shop', POSTGRES_PASSWORD_FILE: '/run/secrets/db_password' },
      health: { test: 'pg_isready -U postgres', every: '5 s' },
      networks: ['back'],
      labels: { 'skep.backup': { ago: '9 h' }, 'skep.restore-drill': { ago: '154 d' } },
      reserves: { cpus: 2, gib: 8 },
      limits: { gib: 8 },
      grace: '30 s',
    },
    cache: {
      image: 'redis:7.4',
      runs: 1,
      where: ['node.role==worker'],
      networks: ['back'],
      reserves: { gib: 1 },
    },
    web: {
      image: 'registry.kettle.example/shop/web:4.11.1',
      runs: 6,
      where: ['node.role==worker'],
      spread: 'node.labels.zone',
      ports: ['443:8443'],
      secrets: { shop_session_key_v7: 'session_key', shop_db_password_v2: 'db_password' },
      configs: { shop_features_v12: '/etc/shop/features.yaml' },
      health: { test: 'curl -fsS localhost:8443/healthz', every: '3 s' },
      networks: ['front', 'back'],
      update: {
        atOnce: 2,
        delay: '5 s',
        monitor: '15 s',
        order: 'start-first',
        onFailure: 'rollback',
        failures: 0.2,
      },
      reserves: { cpus: 0.25, gib: 0.5 },
    },
    catalog: {
      image: 'registry.kettle.example/shop/catalog:8.1.4',
      runs: 16,
      where: ['node.role==worker'],
      spread: 'node.labels.zone',
      secrets: { shop_db_password_v2: 'db_password' },
      health: { test: 'curl -fsS localhost:8080/ready', every: '3 s' },
      networks: ['front', 'back'],
      update: {
        atOnce: 2,
        delay: '8 s',
        monitor: '20 s',
        onFailure: 'pause',
        failures: 0.25,
      },
      reserves: { cpus: 0.25, gib: 0.5 },
    },
    checkout: {
      image: 'registry.kettle.example/shop/checkout:5.2.0',
      runs: 4,
      where: ['node.role==worker'],
      secrets: {
        shop_psp_api_key_v3: 'psp_api_key',
        shop_session_key_v7: 'session_key',
        shop_db_password_v2: 'db_password',
      },
      health: { test: 'curl -fsS localhost:8080/healthz', every: '4 s' },
      networks: ['front', 'back'],
      update: { atOnce: 1, delay: '10 s', monitor: '30 s', onFailure: 'pause' },
      restart: { after: '15 s' },
      reserves: { cpus: 0.5, gib: 0.5 },
    },
    recommender: {
      image: 'registry.kettle.example/shop/recommender:0.9.2',
      runs: 2,
      where: ['node.role==worker'],
      networks: ['back'],
      reserves: { cpus: 0.5, gib: 2 },
      limits: { gib: 2 },
      restart: { after: '10 s' },
    },
  },

  story: [
    { ago: '390 d', deploy: 'uploads' },
    { ago: '300 d', deploy: 'cache' },
    { ago: '200 d', deploy: 'db' },
    { ago: '75 d', deploy: 'catalog' },
    { ago: '75 d', deploy: 'checkout' },
    { ago: '30 d', deploy: 'web' },
    { ago: '9 d', release: 'web', tags: ['4.11.2'] },
    { ago: '3 d', release: 'checkout', tags: ['5.2.1'] },
    { ago: '26 h', release: 'web', tags: ['4.12.0'] },
    { ago: '1 h', deploy: 'recommender' },
    { ago: '18 min', release: 'checkout', tags: ['5.3.0'] },
    { ago: '70 s', release: 'catalog', tags: ['8.2.0'] },

    { every: '11 min', after: '7 min', release: 'catalog', tags: ['8.2.1', '8.2.2'] },
    { every: '23 min', after: '9 min', release: 'web', tags: ['4.13.0', '4.13.1'] },
    { every: '6 min', after: '80 s', scale: 'web', to: [8, 6] },
  ],
}
