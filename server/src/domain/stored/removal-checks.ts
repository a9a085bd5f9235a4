import type { Check, Reference } from '@skep/shared/contract/preview'
import type { Consumer, StoredKind } from '@skep/shared/contract/stored'
import { block, info, warn } from '../commands/check.ts'
import type { Standing } from '../commands/standing.ts'
import type { RotationRecord } from '../rotation-record.ts'
import { isWindowOpen, ofSuccessor } from '../rotation-retire.ts'
import type { ClusterState, StoredFacts } from '../state.ts'
import { counted } from '../words.ts'
import { familyOf } from './version-family.ts'
import { familyMembers } from './views.ts'

const itself = (kind: StoredKind, name: string): Reference => ({ kind, name })

/** One for each use, each with an id of its own: `in-use:<name>:<service>:<role>`. */
export const inUse = (
  kind: StoredKind,
  goes: readonly StoredFacts[],
  consumers: ReadonlyMap<string, readonly Consumer[]>,
): Check[] =>
  goes.flatMap(({ id, name }) =>
    (consumers.get(id) ?? []).flatMap((consumer) =>
      consumer.roles.map((role) =>
        block(
          `in-use:${name}:${consumer.service}:${role}`,
          useWords(name, consumer, role),
          [{ kind: 'service', name: consumer.service }, itself(kind, name)],
        ),
      ),
    ),
  )

function useWords(
  name: string,
  { service, tasks }: Consumer,
  role: Consumer['roles'][number],
): string {
  switch (role) {
    case 'current':
      return `${service} uses ${name}: its spec names it.`
    case 'older-task':
      return `${counted(tasks, 'task')} of ${service} from an older spec ${tasks === 1 ? 'has' : 'have'} ${name} still.`
    case 'rollback-target':
      return `The rollback target of ${service} names ${name}: without it ${service} cannot be rolled back. The engine itself does not look at this.`
  }
}

/** Where older versions stay, and the one that they were replaced by goes. */
export function newestGoes(
  kind: StoredKind,
  goes: readonly StoredFacts[],
  state: ClusterState,
): Check[] {
  const names = goes.map(({ name }) => name)
  return names.flatMap((name) => {
    const { family } = familyOf(name)
    const [newest, ...older] = familyMembers(kind, family, state)
    const stay = older.find((other) => !names.includes(other.name))
    if (newest?.name !== name || !stay) return []
    const sentence = `${name} is the newest version of ${family}; the older ${stay.name} stays.`
    return [warn(`newest-goes:${name}`, sentence, [itself(kind, name)])]
  })
}

/**
 * What a rotation needs of them: both of one that is under way; of one that is done the new
 * one, since the old one is still to go; and the old one, for as long as people are to be
 * able to go back to it, where the new one is gone, or does not run as asked. The engine
 * removes whatever no spec refers to.
 * @see moby/swarmkit manager/controlapi/secret.go, RemoveSecret
 */
export const heldByRotation = (
  kind: StoredKind,
  goes: readonly StoredFacts[],
  rotations: readonly RotationRecord[],
  { state, now }: Pick<Standing, 'state' | 'now'>,
): Check[] =>
  rotations
    .filter((plan) => plan.kind === kind && plan.endedAt === null)
    .flatMap((plan) =>
      goes.flatMap(({ id, name }): Check[] => {
        const { from, to } = plan
        const about = [itself(kind, name)]
        if (plan.state !== 'verified' && (id === from.id || name === to.name)) {
          const sentence = `The rotation of ${from.name} to ${to.name} needs ${name}: finish it, or give it up, first.`
          return [block(`rotation-open:${name}`, sentence, about)]
        }
        if (id === to.id) {
          const sentence = `${name} took the place of ${from.name}, which that rotation is still to remove: end the rotation first.`
          return [block(`rotation-open:${name}`, sentence, about)]
        }
        if (id !== from.id) return []
        const checks = ofSuccessor(plan, state, now).map((check) => ({
          ...check,
          id: `${check.id}:${name}`,
        }))
        if (!isWindowOpen(plan, state, now)) return checks
        const sentence = `The rollback window of its rotation is open until ${plan.retireFrom}: without ${name} nobody can go back to it.`
        return [...checks, warn(`rollback-window-open:${name}`, sentence, about)]
      }),
    )

export function forGood(kind: StoredKind, goes: readonly StoredFacts[]): Check[] {
  if (goes.length === 0) return []
  const about = goes.map(({ name }) => itself(kind, name))
  const checks = [
    kind === 'secret'
      ? info('for-good', 'The value of a secret cannot be read back from the swarm.', about)
      : info('for-good', 'The swarm keeps no copy of what a config holds.', about),
  ]
  const stacks = [...new Set(goes.flatMap(({ stack }) => stack ?? []))].sort()
  if (stacks.length > 0) {
    const sentence = `Deploying ${stacks.join(', ')} again creates it anew, if its file still names it.`
    checks.push(info('stack-creates-again', sentence, about))
  }
  return checks
}
