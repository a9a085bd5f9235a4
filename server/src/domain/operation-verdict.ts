import type { Operation } from '@skep/shared/contract/operation'

/** How an operation stands, and why, in a sentence. */
export type Verdict = Pick<Operation, 'state' | 'sentence'>

export const accepted = (sentence: string): Verdict => ({ state: 'accepted', sentence })
export const failed = (sentence: string): Verdict => ({ state: 'failed', sentence })
export const converged = (sentence: string): Verdict => ({ state: 'converged', sentence })
export const superseded = (sentence: string): Verdict => ({ state: 'superseded', sentence })

/** Another write took the place of what was asked for here. */
export const takenOver = (name: string): Verdict =>
  superseded(`Another change of ${name} took over.`)

/** What was to be removed and is there long after; `unknown` where no answer was heard. */
export const stillThere = (name: string, state: Operation['state']): Verdict =>
  state === 'requested'
    ? {
        state: 'unknown',
        sentence: `The engine's answer was lost, and ${name} is still there.`,
      }
    : failed(`${name} is still there.`)

/** No answer was heard, and nothing of what was asked for is seen. */
export const neverSeen = (name: string): Verdict => ({
  state: 'unknown',
  sentence: `The engine's answer was lost, and ${name} did not change since.`,
})
