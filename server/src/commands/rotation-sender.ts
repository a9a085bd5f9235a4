import type { Asked } from '@skep/shared/contract/commands'
import type { Check, Consent, Preview } from '@skep/shared/contract/preview'
import { DockerError } from '../docker/errors.ts'
import type { NextAct } from '../domain/rotation.ts'
import { again } from '../domain/rotation-consumer.ts'
import type { RotatedConsumer, RotationRecord } from '../domain/rotation-record.ts'
import { MemoryError } from '../memory/errors.ts'
import { Refusal } from './refusal.ts'
import type { ServiceCommands } from './service-commands.ts'

/** What stands against an update for a while only: it is tried again by itself. */
const passing: ReadonlySet<string> = new Set(
  // The mirror has not seen yet that the service refers to the new one.
  ['nothing-refers', 'memory-away', 'swarm-not-live'],
)

/** Refusals after which the same may go well, since nothing was sent. */
const triedAgain: ReadonlySet<string> = new Set([
  'preview-outdated',
  'memory-away',
  'no-such-service',
])

/** What is asked of a consumer's service when its turn comes. */
export const askedFor = (
  { kind, from, to }: Pick<RotationRecord, 'kind' | 'from' | 'to'>,
  act: NextAct,
): Asked =>
  act.kind === 'resume'
    ? { kind: 'resume' }
    : { kind: 'swap', stored: kind, from: from.id, to: to.id ?? '', toName: to.name }

/**
 * Sends a consumer its update, and answers what is known of it from then on. A warning that
 * nobody has ticked stops it: whoever goes on with the rotation is shown it first.
 * Never throws what a rotation can wait for, or stop at.
 */
export async function sendNext(
  plan: RotationRecord,
  act: NextAct,
  one: RotatedConsumer,
  commands: ServiceCommands,
): Promise<RotatedConsumer> {
  const asked = askedFor(plan, act)
  try {
    const found = await commands.preview(asked, act.service)
    const blocks = found.checks.filter(({ level }) => level === 'block')
    const lasting = blocks.filter(({ id }) => !passing.has(id))
    if (lasting.length > 0) return failed(one, told(lasting))
    if (blocks.length > 0) return { ...again(one), sentence: told(blocks) }
    const unseen = notSeen(found, one)
    if (unseen.length > 0) {
      return failed(
        one,
        `It was not updated, for what was not so when this was pressed: ${told(unseen)}`,
      )
    }
    const { id, sentence } = await commands.run(
      asked,
      act.service,
      consent(found),
      plan.actor,
    )
    return { ...one, operation: id, sentence }
  } catch (error) {
    if (error instanceof Refusal && !triedAgain.has(error.refused.code)) {
      return failed(one, error.refused.title)
    }
    if (
      error instanceof Refusal ||
      error instanceof DockerError ||
      error instanceof MemoryError
    ) {
      return { ...again(one), sentence: error.message }
    }
    throw error
  }
}

/** Each warning was ticked, and the name typed, in the preview of the whole rotation. */
const consent = ({ basis, checks, typed }: Preview): Consent => ({
  basis,
  acknowledged: checks.flatMap(({ id, level }) => (level === 'warn' ? id : [])),
  ...(typed !== null && { typed }),
})

const notSeen = ({ checks }: Preview, { acknowledged }: RotatedConsumer): Check[] =>
  checks.filter(({ id, level }) => level === 'warn' && !acknowledged.includes(id))

const told = (checks: readonly Check[]): string =>
  checks.map(({ sentence }) => sentence).join(' ')

const failed = (one: RotatedConsumer, sentence: string): RotatedConsumer => ({
  ...one,
  state: 'failed',
  sentence,
})
