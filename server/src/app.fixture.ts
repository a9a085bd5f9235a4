import type { FastifyInstance } from 'fastify'
import { onTestFinished } from 'vitest'
import { type AppOptions, buildApp } from './app.ts'
import { silent } from './silent.fixture.ts'

/** A console that checks its answers, with no pages of its own; closed after the test. */
export async function anApp(
  of: Pick<AppOptions, 'mirror' | 'memory'>,
): Promise<FastifyInstance> {
  const app = await buildApp({
    ...of,
    version: '0.1.0',
    webRoot: '/nowhere',
    validates: true,
    readOnly: false,
    hosts: [],
    logger: silent,
  })
  onTestFinished(() => app.close())
  return app
}
