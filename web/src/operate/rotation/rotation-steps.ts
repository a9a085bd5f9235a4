import {
  type Rotation,
  type RotationAct,
  RotationStep,
} from '@skep/shared/contract/rotation'
import { counted } from '../../ui/words.ts'

export type StepState = 'done' | 'current' | 'stopped' | 'ahead'

/** The four steps of a rotation, and how far this one has come. */
export function rotationSteps({
  step,
  state,
}: Pick<Rotation, 'step' | 'state'>): { step: RotationStep; state: StepState }[] {
  const at = RotationStep.options.indexOf(step)
  return RotationStep.options.map((one, i) => ({
    step: one,
    state: i < at || state === 'retired' ? 'done' : i > at ? 'ahead' : stateAt(state),
  }))
}

function stateAt(state: Rotation['state']): StepState {
  switch (state) {
    case 'running':
    case 'verified':
      return 'current'
    case 'stopped':
    case 'abandoned':
      return 'stopped'
    case 'retired':
      return 'done'
  }
}

/** What a person can do now, and what that means; the likeliest first. */
export type ActOffer = { act: RotationAct; button: string; means: string }

export function actsOf(rotation: Rotation): ActOffer[] {
  const { state, from, to, consumers } = rotation
  const failed = consumers.filter((one) => one.state === 'failed')
  const names = failed.map(({ service }) => service).join(', ')
  const leave: ActOffer = {
    act: 'abandon',
    button: 'Leave it as it is',
    means: `Ends the rotation here. Nothing is updated, rolled back or removed; ${from.name} and ${to.name} both stay.`,
  }
  switch (state) {
    case 'running':
      return [leave]
    case 'stopped': {
      const resume: ActOffer = {
        act: 'resume',
        button: 'Go on',
        means: resumeMeans(rotation),
      }
      const rollback: ActOffer = {
        act: 'rollback',
        button: `Roll back ${names}`,
        means: `Gives ${names} ${from.name} again. The others are left as they are.`,
      }
      if (failed.length > 0) return [rollback, resume, leave]
      // What a service gave back it is not likely to take at the second time.
      return consumers.some(isTroubled) ? [leave, resume] : [resume, leave]
    }
    case 'verified':
      return [
        {
          act: 'retire',
          button: `Remove ${from.name}`,
          means: `Nothing brings ${from.name} back, and no rollback can return to it.`,
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

/** To go on is to try the same value again, where one did not take it. */
function resumeMeans({ consumers, to }: Rotation): string {
  const again = consumers.filter(isTroubled).map(({ service }) => service)
  const left = consumers.filter((one) => isLeft(one) && !isTroubled(one)).length
  const goesOn = `with ${counted(left, 'service')} that ${left === 1 ? 'does' : 'do'} not run with ${to.name} yet.`
  if (again.length === 0) return `Goes on ${goesOn}`
  const tries = `Tries ${to.name} once more on ${again.join(', ')}; it holds what it held`
  return left === 0 ? `${tries}.` : `${tries}. Then goes on ${goesOn}`
}

const isTroubled = ({ state }: Rotation['consumers'][number]): boolean =>
  state === 'failed' || state === 'rolled-back'

const isLeft = ({ state }: Rotation['consumers'][number]): boolean => state !== 'converged'

/** How many of the consumers run with the next version. */
export function rotationProgress({ consumers }: Pick<Rotation, 'consumers'>): string {
  if (consumers.length === 0) return 'no service to update'
  const done = consumers.filter(({ state }) => state === 'converged').length
  return `${done} of ${counted(consumers.length, 'service')} converged`
}
