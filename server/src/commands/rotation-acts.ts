import { isOpen } from '@skep/shared/contract/operation'
import type { RotationAct } from '@skep/shared/contract/rotation'
import { classify } from '../docker/errors.ts'
import { standingAgainst } from '../domain/commands/open-checks.ts'
import { standing } from '../domain/commands/standing.ts'
import { instant } from '../domain/instant.ts'
import { nodeFacts } from '../domain/node-facts.ts'
import { abandoned, resumed, retired, withConsumer } from '../domain/rotation.ts'
import { type RotationRecord, reads } from '../domain/rotation-record.ts'
import { retireChecks } from '../domain/rotation-retire.ts'
import { ofKind, refersTo } from '../domain/stored/of-kind.ts'
import { clock } from '../mirror/clock.ts'
import { freshUses } from '../mirror/fresh-uses.ts'
import type { Mirror } from '../mirror/mirror.ts'
import { checksOpen, doubtful, engineRefused } from './failure.ts'
import { Refusal } from './refusal.ts'
import type { RotationBook } from './rotation-book.ts'
import type { RotationOperations } from './rotation-operations.ts'
import { sendRollback } from './rotation-sender.ts'
import type { ServiceCommands } from './service-commands.ts'
import { callsFor } from './stored-calls.ts'

type Deps = {
  mirror: Mirror
  commands: ServiceCommands
  readOnly: boolean
  book: RotationBook
  sent: RotationOperations
}

/** Who does it, knowing of which warnings. */
type Press = { readonly acknowledged: readonly string[]; readonly actor: string }

/**
 * Does what a person asks of a rotation that has not ended, and answers how it stands then.
 * @throws Refusal: 409 it makes no sense now, 422 a check stands, 503; DockerError
 */
export async function actOn(
  plan: RotationRecord,
  what: RotationAct,
  by: Press,
  deps: Deps,
): Promise<RotationRecord> {
  switch (what) {
    case 'resume':
      if (plan.state !== 'stopped') throw outOfPlace(plan, 'It is not stopped.')
      if (plan.to.id === null) throw outOfPlace(plan, plan.sentence)
      await deps.book.tell(plan, `resumed. ${plan.sentence}`, by.actor)
      return resumed(plan)
    case 'rollback':
      return rolledBack(plan, by, deps)
    case 'retire':
      return retire(plan, by, deps)
    case 'abandon':
      await deps.book.tell(plan, 'abandoned', by.actor)
      return abandoned(plan, today(), `Left as it was. ${plan.sentence}`)
  }
}

const today = () => instant(clock.now())

export const outOfPlace = ({ from }: RotationRecord, why: string): Refusal =>
  new Refusal({
    status: 409,
    code: 'rotation-elsewhere',
    title: `That does not fit the rotation of ${from.name}: ${why}`,
    next: 'See how the rotation stands, and what it offers.',
  })

async function rolledBack(
  plan: RotationRecord,
  { actor }: Press,
  { mirror, commands, book, sent }: Deps,
): Promise<RotationRecord> {
  const { services } = mirror.state()
  const known = await sent.of(plan)
  const failed = plan.consumers.filter(({ state, serviceId, rollback }) => {
    const service = services.get(serviceId)
    const isOnNew = service !== undefined && reads(plan, service) === 'new'
    const last = rollback === null ? null : known(rollback)
    return state === 'failed' && isOnNew && (last === null || !isOpen(last))
  })
  if (failed.length === 0) {
    throw outOfPlace(plan, 'No service of it has failed with the new one.')
  }
  for (const { service, serviceId } of failed) {
    const previous = services.get(serviceId)?.previous
    if (previous && refersTo(ofKind(plan.kind, previous), plan.from.id)) continue
    const why = `${service} was changed since: rolled back, it would not refer to ${plan.from.name}.`
    throw outOfPlace(plan, why)
  }
  const names = failed.map(({ service }) => service).join(', ')
  await book.tell(plan, `rolls ${names} back`, actor)
  let after = plan
  for (const { service, serviceId } of failed) {
    const { id } = await sendRollback(service, actor, commands)
    after = withConsumer(after, serviceId, { rollback: id })
    // What is sent is noted, also where the next one is refused.
    book.hold(after)
  }
  return after
}

async function retire(
  plan: RotationRecord,
  { acknowledged, actor }: Press,
  { mirror, readOnly, book }: Deps,
): Promise<RotationRecord> {
  const { from, to, kind } = plan
  const state = await freshUses(mirror)
  const now = clock.ofManagers(state)
  const nodes = nodeFacts(state.nodes)
  const checks = [
    ...standing({ state, memoryAway: null, readOnly, now, nodes }),
    ...retireChecks(plan, state, now),
  ]
  const against = standingAgainst(checks, acknowledged)
  const title = `Remove ${kind} ${from.name}`
  if (against.length > 0) throw checksOpen({ title, checks }, against)
  await book.tell(plan, `removes ${from.name}`, actor)
  try {
    await callsFor(kind, mirror.api()).remove(from.id)
  } catch (error) {
    const failure = classify(error)
    // If it is gone all the same, that is seen.
    if (doubtful.has(failure.kind)) throw failure
    if (failure.kind !== 'not-found') throw engineRefused(failure, from.name)
  }
  return retired(plan, today(), `${from.name} is removed, ${to.name} is in use.`)
}
