import type { Check } from '@skep/shared/contract/preview'
import type { StoredKind } from '@skep/shared/contract/stored'
import { info, warn } from '../commands/check.ts'
import type { ClusterState, StoredFacts } from '../state.ts'
import { consumersOf } from './consumers.ts'
import { isOrderDisputed } from './version-family.ts'
import { familyMembers } from './views.ts'
import { type VolumeHolders, volumeHoldersOf } from './volume-holders.ts'

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
  const holders: VolumeHolders = kind === 'secret' ? volumeHoldersOf(state) : new Map()
  const isUsed = ({ id }: StoredFacts) => consumers.has(id) || holders.has(id)
  const used = old.filter(isUsed)
  const goes = old.filter((one) => !isUsed(one)).map(({ name }) => name)
  const checks = used.map(({ id, name }) => {
    const services = (consumers.get(id) ?? []).map(({ service }) => service)
    const volumes = [...new Set((holders.get(id) ?? []).map(({ volume }) => volume))]
    const users = [...services, ...volumes.map((volume) => `the volume ${volume}`)]
    const sentence = `${name} stays, although it is old: ${users.join(', ')} ${users.length === 1 ? 'uses' : 'use'} it.`
    return info(`kept-in-use:${name}`, sentence, [
      { kind, name },
      ...services.map((service) => ({ kind: 'service' as const, name: service })),
      ...volumes.map((volume) => ({ kind: 'volume' as const, name: volume })),
    ])
  })
  if (goes.length > 0 && isOrderDisputed(members)) {
    const sentence = `By their names the versions of ${family} would be in another order than by when they were made. Kept are those that were made last: see that they are the right ones.`
    checks.unshift(
      warn(
        'order-disputed',
        sentence,
        members.map(({ name }) => ({ kind, name })),
      ),
    )
  }
  const stays = members.map(({ name }) => name).filter((name) => !goes.includes(name))
  return { goes, stays, checks }
}
