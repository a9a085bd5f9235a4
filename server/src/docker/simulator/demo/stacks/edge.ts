import type { Stack } from '../plan.ts'

/** The way in: a proxy on each worker, on the ports of the node itself. */
export const EDGE: Stack = {
  name: 'edge',

  secrets: [
    { name: 'edge_tls_key_v4', ago: '58 d', labels: { 'rotation-days': '60' } },
    { name: 'edge_tls_key_v3', ago: '118 d' },
  ],

  configs: [
    {
      name: 'edge_nginx_v20',
      ago: '118 d',
      content: 'server {\n  listen 80;\n  return 301 https://$host$request_uri;\n}\n',
    },
    {
      name: 'edge_nginx_v21',
      ago: '58 d',
      content:
        'server {\n  listen 80;\n  location /.well-known/ { root /srv/acme; }\n  location / { return 301 https://$host$request_uri; }\n}\n',
    },
  ],

  services: {
    proxy: {
      image: 'nginx:1.29.1',
      runs: 'everywhere',
      where: ['node.role==worker'],
      ports: ['80:80'],
      portMode: 'host',
      secrets: { edge_tls_key_v4: 'tls.key' },
      configs: { edge_nginx_v21: '/etc/nginx/conf.d/default.conf' },
      health: { test: 'curl -fsS localhost/healthz', every: '3 s' },
      update: { atOnce: 1, delay: '5 s', monitor: '10 s' },
      limits: { gib: 0.25 },
    },
    certificates: {
      image: 'registry.kettle.example/edge/acme:1.2.0',
      runs: { job: 1 },
      where: ['node.role==worker'],
      restart: { on: 'on-failure', most: 5 },
    },
  },

  story: [
    { ago: '58 d', deploy: 'proxy' },
    { ago: '14 h', deploy: 'certificates' },
    // Somebody should look at that switch.
    { every: '17 min', after: '5 min', blink: 'worker-5', lasting: '50 s' },
  ],
}
