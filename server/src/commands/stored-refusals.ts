import { payloadProblem, type StoredKind } from '@skep/shared/contract/stored'
import { Refusal } from './refusal.ts'

/** Why a secret or config is not made, and of a config nothing is revealed. */

export const onlyLooks = new Refusal({
  status: 422,
  code: 'read-only',
  title: 'This console only looks: SKEP_READ_ONLY is set.',
  next: 'Use another console, or start this one without it.',
})

export const keptBack = (name: string): Refusal =>
  new Refusal({
    status: 403,
    code: 'read-only',
    title: `This console only looks: what looks like a credential in ${name} stays kept back.`,
    next: 'Use another console, or start this one without SKEP_READ_ONLY.',
  })

export const nameTaken = (kind: StoredKind, name: string): Refusal =>
  new Refusal({
    status: 409,
    code: 'name-taken',
    title: `There is a ${kind} ${name} already.`,
    next: 'They cannot be changed: choose the next version of the name.',
  })

/** @throws Refusal: 422 a payload that the engine would refuse for its size */
export function refuseSize(kind: StoredKind, bytes: number): void {
  const problem = payloadProblem(kind, bytes)
  if (problem === null) return
  throw new Refusal({
    status: 422,
    code: 'payload-size',
    title: problem,
    next: bytes === 0 ? 'Give it a value.' : 'Shorten it, or split it.',
  })
}
