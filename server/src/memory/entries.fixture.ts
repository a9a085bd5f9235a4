import type { NewEntry } from './journal.ts'
import type { Log } from './log.ts'

/** An observed transition of slot 1 of `web` on node `m1`, unless said otherwise. */
export const anEntry = (fields: Partial<NewEntry> = {}): NewEntry => ({
  at: '2026-11-21T10:00:00.000Z',
  kind: 'transition',
  tone: 'neutral',
  subject: { kind: 'service', name: 'web' },
  related: [{ kind: 'node', name: 'm1' }],
  slot: '1',
  sentence: 'web.1 runs on m1',
  cause: null,
  actor: null,
  operation: null,
  ...fields,
})

/** A log that can be read. */
export function aLog(): Log & { lines: string[] } {
  const lines: string[] = []
  const say = (_details: object, message: string) => void lines.push(message)
  return { lines, warn: say, info: say }
}
