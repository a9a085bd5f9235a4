import { isOpen } from '@skep/shared/contract/operation'
import { info, inOrder } from '../domain/commands/check.ts'
import { openChecks } from '../domain/commands/open-checks.ts'
import { instant } from '../domain/instant.ts'
import { withConsumer } from '../domain/rotation.ts'
import { logged, type RotationRecord } from '../domain/rotation-record.ts'
import { rollbackChecks } from '../domain/rotation-rollback.ts'
import type { ClusterState } from '../domain/state.ts'
import { clock } from '../mirror/clock.ts'
import type { Mirror } from '../mirror/mirror.ts'
import { toService } from '../mirror/translate.ts'
import { type ActDeps, type ActLook, knowing, outOfPlace } from './rotation-act.ts'
import { inspect } from './write.ts'

/**
 * Looks at rolling one consumer back that did not converge: it is the rollback of that
 * service, as it would be asked for by itself.
 * @throws Refusal 409 where it has nothing to undo; DockerError
 */
export async function lookAtRollback(
  plan: RotationRecord,
  service: string,
  { mirror, commands, book, sent }: ActDeps,
): Promise<ActLook> {
  const { from, to } = plan
  const one = plan.consumers.find((consumer) => consumer.service === service)
  const nothingToUndo = () => outOfPlace(plan, `${service} did not fail with ${to.name}.`)
  if (!one || rollbackChecks(plan, one, mirror.state()) === null) throw nothingToUndo()
  const last = one.rollback === null ? null : (await sent.of(plan))(one.rollback)
  if (last && isOpen(last)) throw outOfPlace(plan, `${service} is being rolled back.`)
  const asked = { kind: 'rollback' } as const
  const found = await commands.preview(asked, service)
  // The preview was read from the engine, and the mirror may be behind it. Read after it: the
  // press refuses what has changed since the preview, and so what this saw and that did not.
  const own = rollbackChecks(plan, one, await readAgain(one.serviceId, mirror))
  if (own === null) throw nothingToUndo()
  const how = plan.state === 'verified' ? 'verified' : 'stopped'
  const after = `The rotation of ${from.name} to ${to.name} stays ${how}, and the other services as they are.`
  const stays = info('rotation-stays-stopped', after)
  const preview = {
    ...found,
    ...(own.every(({ level }) => level !== 'block') && {
      sentence: `${service} gets ${from.name} again. ${found.sentence}`,
    }),
    checks: inOrder([...own, ...found.checks, stays]),
  }
  return {
    preview,
    against: (consent) => openChecks(preview, consent, { kind: 'service', name: service }),
    async carryOut(consent, actor) {
      // It writes the intent down before it sends anything, and may refuse: then nothing was
      // rolled back, and the rotation tells of nothing.
      const { id } = await commands.run(asked, service, consent, actor)
      book.note(plan, `rolls ${service} back${knowing(consent)}`, actor)
      const told = `Rolled ${service} back${knowing(consent)}.`
      const at = instant(clock.now())
      return (now) =>
        logged(withConsumer(now, one.serviceId, { rollback: id }), at, actor, told)
    },
  }
}

/** One service as the engine has it now. @throws DockerError */
async function readAgain(
  id: string,
  mirror: Mirror,
): Promise<Pick<ClusterState, 'services'>> {
  const read = await inspect(mirror.api(), id)
  return { services: new Map(read ? [[read.ID, toService(read)]] : []) }
}
