import type { Traffic } from './proxy.ts'
import type { Lateness } from './sightings.ts'

/** One line of the first table: what was to be reached, and what was. */
export type Figure = {
  name: string
  target: string
  result: string
  /** Null where there is no target: what it is about is looked at, and not judged. */
  reached: boolean | null
  /** Everything that was measured for it. */
  data: Readonly<Record<string, unknown>>
}

/**
 * A part of a line of the second table, which sets us beside what people use instead. Each
 * measurement tells what it found of somebody; the table joins it.
 */
export type Standing = {
  who: string
  /** Change to visible. */
  late?: Lateness | undefined
  /** A minute of a swarm at rest, by the number of viewers. */
  one?: Traffic | undefined
  twenty?: Traffic | undefined
}

export type Findings = { figures: Figure[]; standings: Standing[] }

export const us = { push: 'Skep, push feed', poll: 'Skep, without it' } as const

export const milliseconds = (value: number) => `${Math.round(value)} ms`
export const kibibytes = (bytes: number) => `${Math.round(bytes / 1024)} KiB`
