import { existsSync } from 'node:fs'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { notFound } from './problem.ts'

const immutable = 'public, max-age=31536000, immutable'

/** Names, labels and log lines are hostile: nothing they hold may run, load or frame. */
const policy =
  "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; " +
  "frame-ancestors 'none'"

/**
 * The built web application. Files under /assets carry a hash of their content in their
 * names and never change; every other address that is not the API's is a page of the
 * application, which routes it itself.
 */
export async function serveWeb(app: FastifyInstance, root: string): Promise<void> {
  const built = existsSync(`${root}/index.html`)
  if (built) {
    await app.register(fastifyStatic, {
      root,
      wildcard: false,
      index: false,
      cacheControl: false,
      preCompressed: true,
      setHeaders: (reply, path) => {
        reply.header('cache-control', path.includes('/assets/') ? immutable : 'no-cache')
        if (path.endsWith('.html')) reply.header('content-security-policy', policy)
      },
    })
  }
  app.setNotFoundHandler((request, reply) => {
    const page = request.method === 'GET' && !/^\/(api|assets)\//.test(request.url)
    if (!page || !built) return notFound(request, reply)
    return reply.header('cache-control', 'no-cache').sendFile('index.html')
  })
}
