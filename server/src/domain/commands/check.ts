import type { Check, Reference } from '@skep/shared/contract/preview'
import type { Situation } from './situation.ts'

type Level = Check['level']

const check =
  (level: Level) =>
  (id: string, sentence: string, subjects: readonly Reference[] = []): Check => ({
    id,
    level,
    sentence,
    subjects: [...subjects],
  })

export const block = check('block')
export const warn = check('warn')
export const info = check('info')

export const itself = ({ name }: Situation): Reference[] => [{ kind: 'service', name }]

const ranks: Readonly<Record<Level, number>> = { block: 0, warn: 1, info: 2 }

/** What a basis names of checks: a sentence may count what drifts without harm. */
export const basisOfChecks = (checks: readonly Check[]) =>
  checks.map(({ id, level, subjects }) => [id, level, subjects] as const)

/** Blocks first, then warnings, then notes. */
export const inOrder = (checks: readonly Check[]): Check[] =>
  checks.toSorted((a, b) => ranks[a.level] - ranks[b.level])
