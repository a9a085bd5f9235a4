import type { Observation, Observations } from './observation.ts'

/** A known difference between the simulator and an engine, and why it is left so. */
export type Difference = {
  /** Name of the call or story; `*` stands for any text. */
  call: string
  /** On which engines it occurs. */
  engines: readonly string[]
  /** `- LINE` is said by the engine alone, `+ LINE` by the simulator; `*` as above. */
  lines: readonly string[]
  why: string
}

export type Row = {
  call: string
  verdict: 'equal' | 'listed' | 'DIFFERS'
  /** Every line that only one of them said. */
  lines: string[]
  /** Those of them that no difference tells of. */
  unlisted: string[]
}

export type Comparison = {
  engine: string
  rows: Row[]
  /** Listed differences that did not occur, which is a failure as well. */
  stale: { call: string; line: string; why: string }[]
}

/** Holds what the simulator said against what an engine did. */
export function compare(
  simulator: Observations,
  real: Observations,
  { engine, differences }: { engine: string; differences: readonly Difference[] },
): Comparison {
  const rules = differences
    .filter(({ engines }) => engines.includes(engine))
    .flatMap(({ call, lines, why }) =>
      lines.map((line) => ({
        call,
        line,
        why,
        met: false,
        ofCall: pattern(call),
        ofLine: pattern(line),
      })),
    )
  const calls = new Set([...real.keys(), ...simulator.keys()])
  const rows = [...calls].map((call): Row => {
    const lines = differing(simulator.get(call) ?? [], real.get(call) ?? [])
    const unlisted = lines.filter((line) => {
      const found = rules.filter(
        ({ ofCall, ofLine }) => ofCall.test(call) && ofLine.test(line),
      )
      for (const rule of found) rule.met = true
      return found.length === 0
    })
    const verdict =
      lines.length === 0 ? 'equal' : unlisted.length > 0 ? 'DIFFERS' : 'listed'
    return { call, verdict, lines, unlisted }
  })
  const stale = rules
    .filter(({ met }) => !met)
    .map(({ call, line, why }) => ({ call, line, why }))
  return { engine, rows, stale }
}

export const holds = ({ rows, stale }: Comparison): boolean =>
  rows.length > 0 &&
  stale.length === 0 &&
  rows.every(({ verdict }) => verdict !== 'DIFFERS')

function differing(simulator: Observation, real: Observation): string[] {
  const [ours, theirs] = [new Set(simulator), new Set(real)]
  return [
    ...[...theirs].filter((line) => !ours.has(line)).map((line) => `- ${line}`),
    ...[...ours].filter((line) => !theirs.has(line)).map((line) => `+ ${line}`),
  ]
}

const pattern = (text: string): RegExp =>
  new RegExp(
    `^${text.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`,
    's',
  )
