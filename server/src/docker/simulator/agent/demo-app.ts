import type { ContainerSpec } from '../store/specs.ts'
import { type Behaviour, err, type LogScript, out } from './behaviour.ts'
import type { Reference } from './reference.ts'

/** By the tags of `demo/web`. Every other image of the lab is called like what it does. */
const TAGS: Readonly<Record<string, string>> = {
  crash: 'crash',
  stubborn: 'stubborn',
  chatty: 'chatty',
}

/** The probe of the lab's images: each second, two failures are too many. */
const PROBE = 1000

/** No faster than the clock ticks. */
const LEAST_PAUSE = 1

const MOST_STEPS = 1000

/**
 * The images that the suites push into a lab's registry, `demo/{web,store,job,idle}`, with
 * the variables that they listen to.
 * @see e2e/lab/demo-app, e2e/lab/lib/images.sh
 */
export function demoApp(
  { repository, tag }: Reference,
  container: ContainerSpec,
  plain: Behaviour,
): Behaviour | null {
  const name = /(?:^|\/)demo\/(web|store|job|idle)$/.exec(repository)?.[1]
  if (!name) return null
  const env = variablesOf(container)
  // As its script has it: what is empty is not given, and what is no number is none.
  const number = (key: string, otherwise: number) =>
    Math.max(0, Number.parseFloat(env[key] || String(otherwise)) || 0)
  const seconds = (key: string, otherwise: number) => number(key, otherwise) * 1000
  const asked = container.Args?.[0] ?? container.Command?.[1]
  const verb = asked ?? (name === 'web' ? (TAGS[tag] ?? 'serve') : name)
  const title = `demo ${env.VERSION ?? tag}`
  const code = number('EXIT_ON_TERM', tag === 'unhealthy' ? 143 : 0)
  const host = container.Hostname || 'a container'
  const hello = `${title}: ${verb} on ${host}, task ${env.TASK_NAME ?? '?'}`
  const quiet: LogScript = { first: [out(hello)], every: 0, next: () => out('') }
  // All of the lab's images are one layer, in a registry next door.
  const pull = plain.pull / 10
  const base: Behaviour = { ...plain, pull, stop: { after: 1000, code }, log: quiet }

  switch (verb) {
    case 'serve':
      return {
        ...base,
        ...healthOf(
          tag,
          env.WARMUP === '' ? 0 : seconds('WARMUP', tag === 'slow' ? 10 : 0),
        ),
        log: beats(hello, title, seconds('BEAT', 10)),
      }
    case 'store':
      return { ...base, log: { ...quiet, first: [out(hello), out(`${title}: ready`)] } }
    case 'crash': {
      const last = err(`${title}: fatal: cannot reach the database`)
      const exit = { after: seconds('CRASH_AFTER', 1), code: 1 }
      return { ...base, exit, log: { ...quiet, last } }
    }
    case 'stubborn':
      return { ...base, stop: null }
    case 'job': {
      const steps = Math.min(MOST_STEPS, Math.floor(number('STEPS', 3)))
      const exit = { after: steps * 300, code: 0 }
      const first = [
        out(hello),
        ...Array.from({ length: steps }, (_, step) =>
          out(`${title}: step ${step + 1} of ${steps}`),
        ),
      ]
      return { ...base, exit, log: { ...quiet, first, last: out(`${title}: done`) } }
    }
    case 'chatty':
      return { ...base, log: chatter(hello, title, number('LINES_PER_SECOND', 100)) }
    default:
      return base
  }
}

function healthOf(tag: string, warmup: number): Pick<Behaviour, 'health'> {
  if (tag === 'unhealthy') return { health: { after: 2 * PROBE + 500, ends: 'unhealthy' } }
  const checked = tag === 'slow' || tag === 'healthy'
  return checked ? { health: { after: warmup + PROBE, ends: 'healthy' } } : {}
}

function beats(hello: string, title: string, every: number): LogScript {
  return {
    first: [out(hello)],
    every: every > 0 ? Math.max(LEAST_PAUSE, every) : 0,
    next: (n) => out(`${title}: heartbeat ${n}`),
  }
}

function chatter(hello: string, title: string, rate: number): LogScript {
  return {
    first: [out(hello)],
    every: Math.max(LEAST_PAUSE, 1000 / rate),
    next: (n) =>
      n % 10 === 0
        ? err(`${title}: warn: line ${n}: cache miss, asking the origin`)
        : out(`${title}: info: line ${n}: GET /item/${n} 200 3ms`),
  }
}

function variablesOf({ Env }: ContainerSpec): Record<string, string> {
  return Object.fromEntries(
    (Env ?? []).map((text) => {
      const [key = '', ...value] = text.split('=')
      return [key, value.join('=')]
    }),
  )
}
