import type { Operation } from '@skep/shared/contract/operation'
import type { CommandKind, Preview } from '@skep/shared/contract/preview'
import type { Problem } from '@skep/shared/contract/problem'
import { api } from '@skep/shared/paths'
import type { Console } from './console.ts'
import { until } from './lab/lab.ts'

type Told = Record<string, string | number>
type Answer<T> = { status: number; body: T }

/** What a command would do, as a program asks for it. */
export async function look(
  skep: Console,
  service: string,
  kind: CommandKind,
  told: Told = {},
): Promise<Preview> {
  const query = new URLSearchParams(Object.entries(told).map(([k, v]) => [k, String(v)]))
  const answer = await fetch(`${skep.url}${api.serviceCommand(service, kind)}?${query}`)
  if (!answer.ok) throw new Error(`${kind} of ${service}: ${await answer.text()}`)
  return (await answer.json()) as Preview // The console checks it against its schema.
}

/** Sends a command as our own page does, and answers whatever comes back. */
export const send = (
  skep: Console,
  service: string,
  kind: CommandKind,
  body: unknown,
): Promise<Answer<Operation & Problem>> =>
  post(skep, api.serviceCommand(service, kind), body)

/** Posts as our own page does: JSON, or a text that claims to be. */
export async function post(
  skep: Console,
  path: string,
  body: unknown,
): Promise<Answer<Operation & Problem>> {
  const answer = await fetch(skep.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: skep.url },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return { status: answer.status, body: (await answer.json()) as Operation & Problem }
}

/** Looks, acknowledges every warning, types what is to be typed, and commits. */
export async function command(
  skep: Console,
  service: string,
  kind: CommandKind,
  told: Told = {},
): Promise<Operation> {
  const { status, body } = await send(
    skep,
    service,
    kind,
    consentTo(await look(skep, service, kind, told), told),
  )
  if (status !== 202) throw new Error(`${kind} of ${service}: ${JSON.stringify(body)}`)
  return body
}

/** Acknowledges every warning of a preview, and types what is to be typed. */
export const consentTo = <T extends object>(
  { basis, checks, typed }: Pick<Preview, 'basis' | 'checks' | 'typed'>,
  told?: T,
) => ({
  ...told,
  basis,
  acknowledged: checks.filter(({ level }) => level === 'warn').map(({ id }) => id),
  ...(typed !== null && { typed }),
})

/** Waits until an operation has ended, and answers how. */
export async function ended(
  skep: Console,
  id: string,
  timeout = 90_000,
): Promise<Operation> {
  return until(
    async () => {
      const answer = await fetch(skep.url + api.operation(id))
      const operation = (await answer.json()) as Operation
      if (operation.endedAt !== null) return operation
      throw new Error(`${operation.title}: ${operation.state}, ${operation.sentence}`)
    },
    { what: 'the end of an operation', timeout },
  )
}
