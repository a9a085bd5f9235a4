import type { Random } from '../random.ts'
import type { Simulator } from '../simulator.ts'
import type { Act, Machine, Stack } from './plan.ts'
import { milliseconds } from './plan.ts'
import type { Stage } from './stage.ts'

type Event = { ago: number; happen: () => void }

/** Lets all happen that happened before the doors open. Time passes at once meanwhile. */
export function tellPast(
  { clock }: Pick<Simulator, 'clock'>,
  stage: Stage,
  { machines, stacks }: { machines: readonly Machine[]; stacks: readonly Stack[] },
  opening: number,
): void {
  const events: Event[] = [
    ...machines.map((machine) => ({
      ago: milliseconds(machine.joined),
      happen: () => stage.join(machine),
    })),
    ...stacks.flatMap((stack) => pastOf(stack, stage)),
  ]
  // What happened at the same time happened in the order in which it is written.
  for (const { ago, happen } of events.toSorted((a, b) => b.ago - a.ago)) {
    clock.advanceTo(opening - ago)
    happen()
  }
  clock.advanceTo(opening)
}

/** From now on what the story repeats is repeated, never quite at the same interval. */
export function goOn(
  { clock }: Pick<Simulator, 'clock'>,
  stage: Stage,
  stacks: readonly Stack[],
  random: Random,
): void {
  for (const stack of stacks) {
    for (const act of stack.story) if ('every' in act) repeat(stack, act)
  }

  function repeat(stack: Stack, act: Extract<Act, { every: unknown }>): void {
    const every = milliseconds(act.every)
    let turn = 0
    const next = () => {
      clock.schedule(every * random.between(0.9, 1.1), next)
      stage.perform(stack, act, turn)
      turn += 1
    }
    clock.schedule(milliseconds(act.after), next)
  }
}

function pastOf(stack: Stack, stage: Stage): Event[] {
  const { secrets = [], configs = [], story } = stack
  const past = story.flatMap((act) =>
    'ago' in act
      ? { ago: milliseconds(act.ago), happen: () => stage.perform(stack, act, 0) }
      : [],
  )
  const first = Math.max(...past.map(({ ago }) => ago))
  return [
    { ago: first, happen: () => stage.connect(stack) },
    ...secrets.map((secret) => ({
      ago: milliseconds(secret.ago),
      happen: () => stage.keep('secret', secret),
    })),
    ...configs.map((config) => ({
      ago: milliseconds(config.ago),
      happen: () => stage.keep('config', config),
    })),
    ...past,
  ]
}
