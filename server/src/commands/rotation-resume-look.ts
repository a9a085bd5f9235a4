import { instant } from '../domain/instant.ts'
import { actsToCome, followed, resumed } from '../domain/rotation.ts'
import { standsAgainstConsent } from '../domain/rotation-preview.ts'
import { logged, type RotationRecord, withLate } from '../domain/rotation-record.ts'
import {
  goneOnWith,
  notResumable,
  type Onward,
  resumePreview,
} from '../domain/rotation-resume.ts'
import { clock } from '../mirror/clock.ts'
import { whyAway } from './memory-away.ts'
import { type ActDeps, type ActLook, knowing, outOfPlace } from './rotation-act.ts'
import { askedFor } from './rotation-sender.ts'

/**
 * Looks at going on with a rotation that has stopped, or that services are not done with
 * though it was verified: at what each of them would be sent, as if that was asked for by
 * itself. Those that came to refer to the old one since it began are among them.
 * @throws Refusal 409 where it cannot be gone on with; DockerError
 */
export async function lookAtResume(
  kept: RotationRecord,
  { mirror, memory, commands, readOnly, book, sent, sealed }: ActDeps,
): Promise<ActLook> {
  const state = mirror.state()
  const plan = withLate(kept, state)
  const why = notResumable(plan)
  if (why !== null) throw outOfPlace(plan, why)
  const now = clock.ofManagers(state)
  const memoryAway = await whyAway(memory.rotations.open())
  const operation = memoryAway === null ? await sent.of(plan) : () => null
  const next = followed(resumed(plan), { state, now, operation })
  const onward: Onward[] = []
  // One by one: each reads all that the swarm stores.
  for (const act of actsToCome(next, state)) {
    const service = state.services.get(act.serviceId)
    if (!service) continue
    const preview = await commands.preview(askedFor(plan, act), act.service)
    onward.push({ act, service, preview })
  }
  const on = { state, memoryAway, readOnly, now }
  const preview = sealed(resumePreview(plan, onward, on))
  return {
    preview,
    against: (consent) => standsAgainstConsent(preview, consent),
    async carryOut(consent, actor) {
      await book.tell(plan, `resumed${knowing(consent)}. ${plan.sentence}`, actor)
      const { acknowledged } = consent
      const whom = onward.map(({ act }) => act.service).join(', ') || 'no service'
      return (now) =>
        now.state === kept.state
          ? logged(
              goneOnWith(withLate(now, state), acknowledged),
              instant(clock.now()),
              actor,
              `Went on with it, for ${whom}${knowing(consent)}.`,
            )
          : now
    },
  }
}
