import { classify } from '../docker/errors.ts'
import { openChecks } from '../domain/commands/open-checks.ts'
import { instant } from '../domain/instant.ts'
import { retired } from '../domain/rotation.ts'
import { logged, type RotationRecord } from '../domain/rotation-record.ts'
import { storedNamed } from '../domain/stored/of-kind.ts'
import { removalPreview } from '../domain/stored/removal.ts'
import { clock } from '../mirror/clock.ts'
import { freshUses } from '../mirror/fresh-uses.ts'
import { doubtful, engineRefused } from './failure.ts'
import { orAway } from './memory-away.ts'
import { type ActDeps, type ActLook, knowing, outOfPlace } from './rotation-act.ts'
import { callsFor } from './stored-calls.ts'

/**
 * Looks at removing the old version: it is the removal of that secret or config, as it would
 * be asked for by itself, and the end of the rotation.
 * @throws Refusal 409 where it is gone; DockerError
 */
export async function lookAtRetire(
  plan: RotationRecord,
  { mirror, memory, readOnly, book, sealed }: ActDeps,
): Promise<ActLook> {
  const { id, kind, from, to } = plan
  const [state, { found: known, memoryAway }] = await Promise.all([
    freshUses(mirror, kind),
    orAway(memory.rotations.open(), []),
  ])
  const now = clock.ofManagers(state)
  // As it stands: the memory may be behind.
  const rotations = [plan, ...known.filter((one) => one.id !== id)]
  const isThere = storedNamed(kind, from.name, state)?.id === from.id
  const facts = { state, memoryAway, readOnly, now, rotations }
  const found = isThere ? removalPreview(kind, from.name, facts) : null
  if (!found) throw outOfPlace(plan, `${from.name} is not there any more.`)
  const sentence = `${found.sentence} The rotation to ${to.name} is done then.`
  const preview = sealed({ ...found, sentence })
  return {
    preview,
    against: (consent) => openChecks(preview, consent, { kind, name: from.name }),
    async carryOut(consent, actor) {
      await book.tell(plan, `removes ${from.name}${knowing(consent)}`, actor)
      try {
        await callsFor(kind, mirror.api()).remove(from.id)
      } catch (error) {
        const failure = classify(error)
        // If it is gone all the same, that is seen.
        if (doubtful.has(failure.kind)) throw failure
        if (failure.kind !== 'not-found') throw engineRefused(failure, from.name)
      }
      const done = `${from.name} is removed, ${to.name} is in use.`
      const at = instant(clock.now())
      const told = `Removed ${from.name}${knowing(consent)}.`
      return (now) => logged(retired(now, at, done), at, actor, told)
    },
  }
}
