import { parseArgs } from 'node:util'
import type { TruthEngine } from './setting.ts'

export type Options = {
  engines: readonly TruthEngine[]
  /** How many clusters on each engine; each sees four actions. */
  scenarios: number
  /** Of the first scenario; the others follow it. */
  seed: number
  /** How many cases on each engine, where placements are judged instead; null: they are not. */
  placements: number | null
  /** Whether the uses of secrets and configs are judged instead. */
  consumers: boolean
}

const known = ['20', '26', '28'] as const

/** @throws Error that names the option which is wrong */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      engine: { type: 'string', default: known.join(',') },
      scenarios: { type: 'string', default: '30' },
      placements: { type: 'string' },
      consumers: { type: 'boolean', default: false },
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
    scenarios: wholeNumber('scenarios', values.scenarios),
    seed: wholeNumber('seed', values.seed),
    placements:
      values.placements === undefined ? null : wholeNumber('placements', values.placements),
    consumers: values.consumers,
  }
}

function wholeNumber(name: string, value: string): number {
  if (/^\d{1,9}$/.test(value)) return Number(value)
  throw new Error(`--${name} ${value} is not a number.`)
}
