import type { Consent } from '@skep/shared/contract/preview'
import type { AskedAct } from '@skep/shared/contract/rotation'
import { instant } from '../domain/instant.ts'
import { abandoned } from '../domain/rotation.ts'
import { logged, type RotationRecord } from '../domain/rotation-record.ts'
import { clock } from '../mirror/clock.ts'
import { changedSince, checksOpen } from './failure.ts'
import { Refusal } from './refusal.ts'
import { type ActDeps, type ActLook, type Became, outOfPlace } from './rotation-act.ts'
import { lookAtResume } from './rotation-resume-look.ts'
import { lookAtRetire } from './rotation-retire-look.ts'
import { lookAtRollback } from './rotation-rollback-look.ts'

/**
 * Looks at what a person asks of a rotation.
 * @throws Refusal 409 where it makes no sense now; DockerError
 */
export async function lookAtAct(
  plan: RotationRecord,
  asked: AskedAct,
  deps: ActDeps,
): Promise<ActLook> {
  refuseEnded(plan)
  switch (asked.act) {
    case 'resume':
      return lookAtResume(plan, deps)
    case 'rollback':
      return lookAtRollback(plan, asked.service, deps)
    case 'retire':
      return lookAtRetire(plan, deps)
  }
}

/**
 * Does what a preview said, if it still says so, and answers what the rotation becomes.
 * @throws Refusal: 409 it makes no sense now or the facts moved, 422 a check stands, 503;
 * DockerError
 */
export async function pressAct(
  plan: RotationRecord,
  asked: AskedAct,
  consent: Consent,
  actor: string,
  deps: ActDeps,
): Promise<Became> {
  const { preview, against, carryOut } = await lookAtAct(plan, asked, deps)
  const what = asked.act === 'rollback' ? asked.service : plan.from.name
  if (preview.basis !== consent.basis) throw changedSince(what, preview)
  const standing = against(consent)
  if (standing.length > 0) throw checksOpen(preview, standing)
  return carryOut(consent, actor)
}

/**
 * Leaves a rotation as it is: the swarm is told nothing. It ends the work of others all the
 * same, so a console that only looks does not.
 * @throws Refusal 403, 409, 503
 */
export async function abandon(
  plan: RotationRecord,
  actor: string,
  { book, readOnly }: Pick<ActDeps, 'book' | 'readOnly'>,
): Promise<Became> {
  if (readOnly) throw onlyLooks(plan)
  refuseEnded(plan)
  await book.tell(plan, 'abandoned', actor)
  const at = instant(clock.now())
  return (now) => {
    const done = abandoned(now, at, `Left as it was. ${now.sentence}`)
    return logged(done, at, actor, 'Left the rotation as it was.')
  }
}

const onlyLooks = ({ from }: RotationRecord): Refusal =>
  new Refusal({
    status: 403,
    code: 'read-only',
    title: `This console only looks: the rotation of ${from.name} stays open.`,
    next: 'Use another console, or start this one without SKEP_READ_ONLY.',
  })

function refuseEnded(plan: RotationRecord): void {
  if (plan.endedAt === null) return
  throw outOfPlace(plan, `It has ended: it is ${plan.state}.`)
}
