import { parseArgs } from 'node:util'
import type { TruthEngine } from './setting.ts'

export type Options = {
  engines: readonly TruthEngine[]
  /** How many clusters on each engine; null: as many as what is judged takes. */
  scenarios: number | null
  /** Of the first scenario; the others follow it. */
  seed: number
  /** How many cases on each engine, where placements are judged instead; null: they are not. */
  placements: number | null
  /** Whether the uses of secrets and configs are judged instead. */
  consumers: boolean
  /** Whether commands on services are judged instead. */
  commands: boolean
}

const known = ['20', '26', '28'] as const

/** @throws Error that names the option which is wrong */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      engine: { type: 'string', default: known.join(',') },
      scenarios: { type: 'string' },
      placements: { type: 'string' },
      consumers: { type: 'boolean', default: false },
      commands: { type: 'boolean', default: false },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 1e6)) },
    },
  })
  const asked = values.engine.split(',')
  const engines = known.filter((engine) => asked.includes(engine))
  if (engines.length !== asked.length) {
    throw new Error(`--engine ${values.engine}: take some of ${known.join(', ')}.`)
  }
  return {
    engines,
    scenarios: given('scenarios', values.scenarios),
    seed: wholeNumber('seed', values.seed),
    placements: given('placements', values.placements),
    consumers: values.consumers,
    commands: values.commands,
  }
}

const given = (name: string, value: string | undefined): number | null =>
  value === undefined ? null : wholeNumber(name, value)

function wholeNumber(name: string, value: string): number {
  if (/^\d{1,9}$/.test(value)) return Number(value)
  throw new Error(`--${name} ${value} is not a number.`)
}
