import { type Stored, type StoredList, storedKinds } from '@skep/shared/contract/stored'
import { api } from '@skep/shared/paths'
import type { Console } from '../console.ts'
import { until } from '../lab/lab.ts'
import { changeUnderLoss } from './consumers-loss.ts'
import type { Plan } from './consumers-plan.ts'
import { type RawSwarm, readSwarm } from './consumers-raw.ts'
import {
  isOnly,
  keptIn,
  type Pressed,
  pressRemovals,
  sampleOf,
  wrongBlocks,
} from './consumers-removal.ts'
import { pictureOf, swarmAtRest } from './consumers-rest.ts'
import { differencesIn, type Scores, scoresOf } from './consumers-score.ts'
import { make, stageConsumers } from './consumers-stage.ts'
import { orphansOf } from './consumers-truth.ts'
import { type Random, randomOf } from './random.ts'
import type { Setting } from './setting.ts'

export type Asked = {
  plan: Plan
  seed: number
  /** A node to lose once all is done, with services that change then; null: none. */
  lose: string | null
  /** How many removals are tried of those that are to work, and of those that are not. */
  samples: number
}

export type Judgement = {
  scores: Scores
  /** Objects by what names them: nothing, or nothing but one kind of use. */
  free: number
  onlyRollback: number
  onlyOlder: number
  /** Of a removal: with a block for each use, and with none where there is none. */
  previews: { asked: number; right: number }
  /** Pressed where nothing uses it, and gone; pressed where something does, and still there. */
  removed: { tried: number; gone: number }
  refused: { tried: number; kept: number }
  /** Tasks of services that are gone, with something in their hands: they are nobody's use. */
  orphans: number
  /** Whatever was not as it is, in words. */
  differences: string[]
}

/**
 * Makes the secrets, configs and services of a plan, and holds what the console says of their
 * uses against the engine's own lists. Leaves everything as it is then.
 */
export async function judgeConsumers(setting: Setting, asked: Asked): Promise<Judgement> {
  const { swarm, skep } = setting
  const { plan, seed, lose, samples } = asked
  const random = randomOf(seed)
  const atRest = () => swarmAtRest(swarm, lingeringIn(plan))
  await stageConsumers(setting, plan)
  if (lose !== null) await changeUnderLoss(setting, lose, await atRest())
  await makeAnew(setting, await atRest(), random)
  const { raw, items } = await seenAtRest(setting, atRest)

  const scores = scoresOf(raw, items)
  const differences = differencesIn(scores)
  const kept = keptIn(raw)
  let right = 0
  for (const one of kept) {
    const wrong = await wrongBlocks(skep, one)
    differences.push(...wrong)
    if (wrong.length === 0) right += 1
  }
  const free = kept.filter(({ uses }) => uses.length === 0)
  const onlyRollback = kept.filter((one) => isOnly(one, 'rollback-target'))
  const held = kept.filter((one) => !free.includes(one) && !onlyRollback.includes(one))
  const going = sampleOf(random, free, samples)
  // The engine itself would let the first half go.
  const staying = [
    ...sampleOf(random, onlyRollback, samples / 2),
    ...sampleOf(random, held, samples / 2),
  ]
  const removed = await pressRemovals(setting, going)
  const refused = await pressRemovals(setting, staying)
  return {
    scores,
    free: free.length,
    onlyRollback: onlyRollback.length,
    onlyOlder: kept.filter((one) => isOnly(one, 'older-task')).length,
    previews: { asked: kept.length, right },
    removed: { tried: going.length, gone: removed.filter(({ isGone }) => isGone).length },
    refused: {
      tried: staying.length,
      kept: refused.filter(({ isGone }) => !isGone).length,
    },
    orphans: orphansOf(raw).length,
    differences: [
      ...differences,
      ...removed.flatMap((one) => (one.isGone ? [] : told('is still there', one))),
      ...refused.flatMap((one) => (one.isGone ? told('is gone, and was used', one) : [])),
    ],
  }
}

const told = (what: string, { kept: { kind, name }, said }: Pressed): string =>
  `${kind} ${name} ${what}: ${said}`

const lingeringIn = ({ services }: Plan): ReadonlySet<string> =>
  new Set(services.flatMap(({ name, stubborn }) => (stubborn ? name : [])))

/**
 * Removes some of what only rollback targets name, past the console, and makes others of the
 * same names: what names the old ones does not name the new ones.
 */
async function makeAnew({ swarm }: Setting, raw: RawSwarm, random: Random): Promise<void> {
  const named = keptIn(raw).filter((one) => isOnly(one, 'rollback-target'))
  for (const { kind, id, name } of sampleOf(random, named, named.length / 6)) {
    await swarm.ask('DELETE', `/${kind}s/${id}`)
    await make(swarm, `${kind}s`, name)
  }
}

/** What both say of the same swarm: it was the same before the console was asked and after. */
async function seenAtRest(
  { swarm, skep }: Setting,
  atRest: () => Promise<RawSwarm>,
): Promise<{ raw: RawSwarm; items: Stored[] }> {
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    const raw = await atRest()
    const items = await listedOf(skep, raw)
    if (pictureOf(await readSwarm(swarm)) === pictureOf(raw)) return { raw, items }
  }
  throw new Error('the swarm does not stay at rest')
}

/**
 * What the console lists of a swarm at rest: as soon as it is right, or else once the console
 * itself says that it has read services and tasks since.
 */
function listedOf(skep: Console, raw: RawSwarm): Promise<Stored[]> {
  const rested = Date.now()
  return until(
    async () => {
      const { readAt } = (await skep.cluster()).freshness
      const items = await listed(skep)
      const isNews = [readAt.services, readAt.tasks].every(
        (at) => Date.parse(at ?? '') > rested,
      )
      if (isNews || differencesIn(scoresOf(raw, items)).length === 0) return items
      throw new Error('it is neither right nor newly read')
    },
    { what: 'the console to have read the swarm at rest', timeout: 90_000, interval: 500 },
  )
}

async function listed(skep: Console): Promise<Stored[]> {
  const lists = await Promise.all(
    storedKinds.map(async (kind) => {
      const answer = await fetch(skep.url + api.stored(kind))
      return (await answer.json()) as StoredList // The console checks its answers.
    }),
  )
  return lists.flatMap(({ items }) => items)
}
