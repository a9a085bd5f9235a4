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
    case 'stopped':
      return [
        ...(failed.length > 0
          ? [
              {
                act: 'rollback' as const,
                button: `Roll back ${names}`,
                means: `Gives ${names} ${from.name} again. The others are left as they are.`,
              },
            ]
          : []),
        {
          act: 'resume',
          button: 'Go on',
          means: `Goes on with ${counted(consumers.filter(isLeft).length, 'service')} that ${consumers.filter(isLeft).length === 1 ? 'does' : 'do'} not run with ${to.name} yet.`,
        },
        leave,
      ]
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

const isLeft = ({ state }: Rotation['consumers'][number]): boolean => state !== 'converged'

/** How many of the consumers run with the next version. */
export function rotationProgress({ consumers }: Pick<Rotation, 'consumers'>): string {
  if (consumers.length === 0) return 'no service to update'
  const done = consumers.filter(({ state }) => state === 'converged').length
  return `${done} of ${counted(consumers.length, 'service')} converged`
}
