import type { Asked } from '@skep/shared/contract/commands'
import type { Operation } from '@skep/shared/contract/operation'
import type { Check, Preview } from '@skep/shared/contract/preview'
import { DockerError } from '../docker/errors.ts'
import type { NextAct } from '../domain/rotation.ts'
import { again } from '../domain/rotation-consumer.ts'
import { standingIds } from '../domain/rotation-preview.ts'
import type { RotatedConsumer, RotationRecord } from '../domain/rotation-record.ts'
import { MemoryError } from '../memory/errors.ts'
import { checksOpen } from './failure.ts'
import { Refusal } from './refusal.ts'
import type { ServiceCommands } from './service-commands.ts'

/** What stands against an update for a while only: it is tried again by itself. */
const passing: ReadonlySet<string> = new Set(
  // The mirror has not seen yet that the service refers to the new one.
  ['nothing-refers', ...standingIds.filter((id) => id !== 'read-only')],
)

/** Refusals after which the same may go well, since nothing was sent. */
const triedAgain: ReadonlySet<string> = new Set([
  'preview-outdated',
  'memory-away',
  'no-such-service',
])

/**
 * Sends a consumer its update, and answers what is known of it from then on. A warning that
 * nobody has seen stops it: it is shown, and counts as seen when the rotation is resumed.
 * Never throws what a rotation can wait for, or stop at.
 */
export async function sendNext(
  { kind, from, to, actor }: RotationRecord,
  act: NextAct,
  one: RotatedConsumer,
  commands: ServiceCommands,
): Promise<RotatedConsumer> {
  const swap = { kind: 'swap', stored: kind, from: from.id, toName: to.name } as const
  const asked: Asked =
    act.kind === 'resume' ? { kind: 'resume' } : { ...swap, to: to.id ?? '' }
  try {
    const found = await commands.preview(asked, act.service)
    const blocks = found.checks.filter(({ level }) => level === 'block')
    const lasting = blocks.filter(({ id }) => !passing.has(id))
    if (lasting.length > 0) return failed(one, told(lasting))
    if (blocks.length > 0) return { ...again(one), sentence: told(blocks) }
    // Whoever resumes a rotation asks for the paused update to go on, as it is.
    const unseen = act.kind === 'resume' ? [] : notSeen(found, one)
    if (unseen.length > 0) {
      const sentence = `It was not updated, for what was not so when this began: ${told(unseen)}`
      const acknowledged = [...one.acknowledged, ...unseen.map(({ id }) => id)]
      return { ...failed(one, sentence), acknowledged }
    }
    const { id, sentence } = await commands.run(asked, act.service, consent(found), actor)
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

/**
 * Rolls a service back, all warnings known to whoever pressed.
 * @throws Refusal where a check blocks it; DockerError
 */
export async function sendRollback(
  service: string,
  actor: string,
  commands: ServiceCommands,
): Promise<Operation> {
  const asked = { kind: 'rollback' } as const
  const found = await commands.preview(asked, service)
  const blocks = found.checks.filter(({ level }) => level === 'block')
  if (blocks.length > 0) throw checksOpen(found, blocks)
  return commands.run(asked, service, consent(found), actor)
}

const consent = ({ basis, checks }: Preview) => ({
  basis,
  acknowledged: checks.flatMap(({ id, level }) => (level === 'warn' ? id : [])),
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
