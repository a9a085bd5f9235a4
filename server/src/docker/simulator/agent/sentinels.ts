import type { Random } from '../random.ts'
import { type Behaviour, err, type LogScript, out } from './behaviour.ts'
import type { Reference } from './reference.ts'

type Make = (plain: Behaviour, random: Random) => Behaviour

/** Images whose name says how they fail. Any tag will do; the registry does not matter. */
const SENTINELS: Readonly<Record<string, Make>> = {
  'crash-on-start': (plain) => ({
    ...plain,
    exit: { after: 1000, code: 1 },
    log: ending(plain, 'fatal: cannot reach the database'),
  }),
  'crash-later': (plain, random) => ({
    ...plain,
    exit: { after: random.between(20_000, 60_000), code: 1 },
    log: ending(plain, 'fatal: connection pool exhausted'),
  }),
  'out-of-memory': (plain, random) => ({
    ...plain,
    exit: { after: random.between(5000, 20_000), code: 137 },
  }),
  unhealthy: (plain) => ({
    ...plain,
    health: { after: 3000, ends: 'unhealthy' },
    stop: { after: 300, code: 143 },
  }),
  healthy: (plain) => ({ ...plain, health: { after: 1000, ends: 'healthy' } }),
  'slow-start': (plain) => ({ ...plain, health: { after: 10_000, ends: 'healthy' } }),
  'slow-pull': (plain) => ({ ...plain, pull: 60_000 }),
  'never-ready': (plain) => ({
    ...plain,
    health: { after: Number.POSITIVE_INFINITY, ends: 'healthy' },
  }),
  stubborn: (plain) => ({ ...plain, stop: null }),
  'failing-job': (plain) => ({ ...plain, exit: { after: 2000, code: 2 } }),
  'no-command': (plain) => ({
    ...plain,
    exit: { error: 'starting container failed: exec: "/no/such/binary"' },
  }),
}

export function sentinel(
  { repository }: Reference,
  plain: Behaviour,
  random: Random,
): Behaviour | null {
  const name = /(?:^|\/)demo\/([^/]+)$/.exec(repository)?.[1] ?? ''
  return Object.hasOwn(SENTINELS, name) ? (SENTINELS[name]?.(plain, random) ?? null) : null
}

function ending({ log }: Behaviour, last: string): LogScript {
  return { ...log, first: [out('starting'), out('loading configuration')], last: err(last) }
}
