/** Three versions of a config, as people write them: each is the one before, edited. */
export const first = `# The shop, as seen from outside
worker_processes  1;

events {
  worker_connections  512;
}

http {
  keepalive_timeout  65;
  sendfile  on;

  upstream api {
    server  api:8080;
  }

  server {
    listen  80;
    location / {
      proxy_pass  http://api;
    }
  }
}
`

export const second = first
  .replace('worker_processes  1;', 'worker_processes  auto;')
  .replace('  keepalive_timeout  65;\n', '')
  .replace('    listen  80;\n', '    listen  80;\n    gzip  on;\n')

export const third = second.replace('worker_connections  512;', 'worker_connections  2048;')
