import type { Check } from '@skep/shared/contract/preview'
import {
  type AskedAct,
  type Rotation,
  type RotationConsumer,
  RotationStep,
} from '@skep/shared/contract/rotation'
import { counted } from '../../ui/words.ts'

export type StepState = 'done' | 'current' | 'waits' | 'stopped' | 'ahead'

/**
 * The four steps of a rotation, and how far this one has come. What every service was asked
 * for is not yet done by each: its update goes on while it is verified.
 */
export function rotationSteps({
  step,
  state,
  consumers,
}: Pick<Rotation, 'step' | 'state' | 'consumers'>): {
  step: RotationStep
  state: StepState
}[] {
  const at = RotationStep.options.indexOf(step)
  const isUpdating =
    state === 'running' && consumers.some((one) => one.state === 'updating')
  return RotationStep.options.map((one, i) => {
    if (state === 'retired') return { step: one, state: 'done' }
    if (i > at) return { step: one, state: 'ahead' }
    if (i === at) return { step: one, state: stateAt(state) }
    return { step: one, state: one === 'update' && isUpdating ? 'current' : 'done' }
  })
}

function stateAt(state: Rotation['state']): StepState {
  switch (state) {
    case 'running':
      return 'current'
    case 'verified':
      return 'waits'
    case 'stopped':
    case 'abandoned':
      return 'stopped'
    case 'retired':
      return 'done'
  }
}

/** What a person can do now, and what that means. */
export type ActOffer = {
  asked: AskedAct | { readonly act: 'abandon' }
  button: string
  means: string
  /** Why it cannot be done as things stand; null where it can. */
  refusal: string | null
}

/** The likeliest first. */
export function actsOf(rotation: Rotation): ActOffer[] {
  const { state, from, to, consumers } = rotation
  const leave: ActOffer = {
    asked: { act: 'abandon' },
    button: 'Leave it as it is',
    means: `Ends the rotation here. Nothing is updated, rolled back or removed; ${from.name} and ${to.name} both stay.`,
    refusal: null,
  }
  switch (state) {
    case 'running':
      return [leave]
    case 'stopped': {
      const resume: ActOffer = {
        asked: { act: 'resume' },
        button: 'Go on',
        means: resumeMeans(rotation),
        refusal:
          to.id === null
            ? `${to.name} was never created: rotate ${from.name} again.`
            : null,
      }
      const rollbacks = consumers.flatMap((one) => rollbackOf(one, rotation))
      if (rollbacks.length > 0) return [...rollbacks, resume, leave]
      // What a service gave back it is not likely to take at the second time.
      const gaveBack = consumers.some((one) => one.state === 'rolled-back')
      return gaveBack ? [leave, resume] : [resume, leave]
    }
    case 'verified':
      return [
        ...consumers.flatMap((one) => rollbackOf(one, rotation)),
        ...goOnOf(rotation),
        {
          asked: { act: 'retire' },
          button: `Remove ${from.name}`,
          means: `Nothing brings ${from.name} back, and no rollback can return to it.`,
          refusal: hasBlock(rotation.retire) ? 'It is blocked, as said above.' : null,
        },
        {
          ...leave,
          button: `Keep ${from.name}`,
          means: `Ends the rotation. ${from.name} stays, and nobody is reminded of it.`,
        },
      ]
    case 'retired':
    case 'abandoned':
      return []
  }
}

/** To services that refer to the old object though it was verified: late, or gone back. */
function goOnOf({ retire, from, to }: Rotation): ActOffer[] {
  const refers = retire.find(({ id }) => id === 'still-referred-to')
  if (!refers) return []
  const names = refers.subjects.map(({ name }) => name)
  return [
    {
      asked: { act: 'resume' },
      button: 'Go on',
      means: `Gives ${to.name} to ${names.join(', ')} too, which ${names.length === 1 ? 'refers' : 'refer'} to ${from.name}.`,
      refusal: null,
    },
  ]
}

/** Whether it was verified, and some service is not with the new object any more. */
export const isLapsed = ({ state, consumers }: Pick<Rotation, 'state' | 'consumers'>) =>
  state === 'verified' &&
  consumers.some((one) => ['waiting', 'failed', 'rolled-back'].includes(one.state))

/** One that did not take the new object, and has it. */
function rollbackOf(
  { service, rollbackChecks }: RotationConsumer,
  { from }: Rotation,
): ActOffer[] {
  if (rollbackChecks === null) return []
  const block = rollbackChecks.find(({ level }) => level === 'block')
  return [
    {
      asked: { act: 'rollback', service },
      button: `Roll back ${service}`,
      means: `Gives ${service} ${from.name} again. The others are left as they are.`,
      refusal: block?.sentence ?? null,
    },
  ]
}

const hasBlock = (checks: readonly Check[]): boolean =>
  checks.some(({ level }) => level === 'block')

/** To go on is to try the same value again, where one did not take it. */
function resumeMeans({ consumers, to }: Rotation): string {
  const again = consumers.filter(isTroubled).map(({ service }) => service)
  const left = consumers.filter((one) => isLeft(one) && !isTroubled(one)).length
  const goesOn = `with ${counted(left, 'service')} that ${left === 1 ? 'does' : 'do'} not run with ${to.name} yet.`
  if (again.length === 0) return `Goes on ${goesOn}`
  const tries = `Tries ${to.name} once more on ${again.join(', ')}; it holds what it held`
  return left === 0 ? `${tries}.` : `${tries}. Then goes on ${goesOn}`
}

/** One that had the new object, and did not take it. */
const isTroubled = ({ state, rollbackChecks }: RotationConsumer): boolean =>
  state === 'rolled-back' || rollbackChecks !== null

const isLeft = ({ state }: RotationConsumer): boolean =>
  state !== 'converged' && state !== 'superseded'

/** How many of the consumers run with the next version. */
export function rotationProgress({ consumers }: Pick<Rotation, 'consumers'>): string {
  if (consumers.length === 0) return 'no service to update'
  const done = consumers.filter(({ state }) => state === 'converged').length
  return `${done} of ${counted(consumers.length, 'service')} converged`
}
