import { isOpen } from '@skep/shared/contract/operation'
import { info, inOrder } from '../domain/commands/check.ts'
import { openChecks } from '../domain/commands/open-checks.ts'
import { withConsumer } from '../domain/rotation.ts'
import type { RotationRecord } from '../domain/rotation-record.ts'
import { rollbackChecks } from '../domain/rotation-rollback.ts'
import { type ActDeps, type ActLook, knowing, outOfPlace } from './rotation-act.ts'

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
  const own = one && rollbackChecks(plan, one, mirror.state())
  if (!one || !own) {
    throw outOfPlace(plan, `${service} did not fail with ${to.name}.`)
  }
  const last = one.rollback === null ? null : (await sent.of(plan))(one.rollback)
  if (last && isOpen(last)) throw outOfPlace(plan, `${service} is being rolled back.`)
  const asked = { kind: 'rollback' } as const
  const found = await commands.preview(asked, service)
  const after = `The rotation of ${from.name} to ${to.name} stays stopped, and the other services as they are.`
  const stays = info('rotation-stays-stopped', after)
  const preview = {
    ...found,
    ...(own.length === 0 && {
      sentence: `${service} gets ${from.name} again. ${found.sentence}`,
    }),
    checks: inOrder([...own, ...found.checks, stays]),
  }
  return {
    preview,
    against: (consent) => openChecks(preview, consent, { kind: 'service', name: service }),
    async carryOut(consent, actor) {
      await book.tell(plan, `rolls ${service} back${knowing(consent)}`, actor)
      const { id } = await commands.run(asked, service, consent, actor)
      return withConsumer(plan, one.serviceId, { rollback: id })
    },
  }
}
