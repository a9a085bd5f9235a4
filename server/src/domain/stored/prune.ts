import type { Check } from '@skep/shared/contract/preview'
import type { StoredKind } from '@skep/shared/contract/stored'
import { info } from '../commands/check.ts'
import type { ClusterState } from '../state.ts'
import { consumersOf } from './consumers.ts'
import { familyMembers } from './views.ts'

export type PrunePlan = {
  /** Names, newest first. */
  readonly goes: readonly string[]
  readonly stays: readonly string[]
  /** Which of them stay only because they are used. */
  readonly checks: readonly Check[]
}

/**
 * Which versions of a family go, if the newest ones are kept for a rollback.
 * @param keep how many of them; the newest always stays, and so does what is in use
 */
export function prunePlan(
  kind: StoredKind,
  family: string,
  keep: number,
  state: ClusterState,
): PrunePlan {
  const members = familyMembers(kind, family, state)
  const old = members.slice(Math.max(1, keep))
  const consumers = consumersOf(state)
  const used = old.filter(({ id }) => consumers.has(id))
  const goes = old.filter(({ id }) => !consumers.has(id)).map(({ name }) => name)
  const checks = used.map(({ id, name }) => {
    const users = (consumers.get(id) ?? []).map(({ service }) => service)
    const sentence = `${name} stays, although it is old: ${users.join(', ')} ${users.length === 1 ? 'uses' : 'use'} it.`
    return info(`kept-in-use:${name}`, sentence, [
      { kind, name },
      ...users.map((user) => ({ kind: 'service' as const, name: user })),
    ])
  })
  const stays = members.map(({ name }) => name).filter((name) => !goes.includes(name))
  return { goes, stays, checks }
}
