import { get } from 'node:http'
import { setTimeout as pass } from 'node:timers/promises'
import { api } from '@skep/shared/paths'

/** When a console listened, and when what it shows was live. */
export type StartTimes = { listening: number; live: number }

/**
 * Milliseconds since `from`, by `performance.now()`. Asks without a pause worth the name:
 * what is measured is a second or two long.
 * @param patience in milliseconds
 * @throws Error where it is not live by then
 */
export async function watchStart(
  url: string,
  { from, patience }: { from: number; patience: number },
): Promise<StartTimes> {
  let listening: number | null = null
  for (;;) {
    const status = await statusOf(url + api.ready())
    const now = performance.now() - from
    if (status !== null) listening ??= now
    if (status === 200) return { listening: listening ?? now, live: now }
    if (now > patience) throw new Error(`the console was not live after ${patience} ms`)
    await pass(5)
  }
}

/** Null while nobody listens. */
function statusOf(url: string): Promise<number | null> {
  return new Promise((resolve) => {
    const request = get(url, { agent: false }, (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? null)
    })
    request.on('error', () => resolve(null))
  })
}
