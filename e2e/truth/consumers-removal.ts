import {
  type StoredKind,
  type StoredPreview,
  storedKinds,
} from '@skep/shared/contract/stored'
import { api } from '@skep/shared/paths'
import { consentTo, post } from '../commanding.ts'
import type { Console } from '../console.ts'
import { type RawSwarm, readSwarm, storedIn } from './consumers-raw.ts'
import { type Triple, triplesOf } from './consumers-truth.ts'
import { between, type Random } from './random.ts'
import type { Setting } from './setting.ts'

/** A secret or config, and all that needs it. */
export type Kept = { kind: StoredKind; id: string; name: string; uses: readonly Triple[] }

export function keptIn(swarm: RawSwarm): Kept[] {
  const triples = triplesOf(swarm)
  return storedKinds.flatMap((kind) =>
    storedIn(swarm, kind).map(({ ID, Spec: { Name } }) => ({
      kind,
      id: ID,
      name: Name,
      uses: triples.filter((one) => one.kind === kind && one.object === Name),
    })),
  )
}

/** Whether it has uses, and all of them are of one role. */
export const isOnly = ({ uses }: Kept, role: Triple['role']): boolean =>
  uses.length > 0 && uses.every((one) => one.role === role)

/** What is wrong with the preview of a removal: a block for each use is right, and no other. */
export async function wrongBlocks(skep: Console, kept: Kept): Promise<string[]> {
  const { kind, name, uses } = kept
  const { checks } = await previewOf(skep, kept)
  const due = new Set(uses.map(({ service, role }) => `in-use:${name}:${service}:${role}`))
  const blocks = new Set(checks.flatMap(({ id, level }) => (level === 'block' ? id : [])))
  return [
    ...[...due.difference(blocks)].map((id) => `no block ${id}`),
    ...[...blocks.difference(due)].map((id) => `a block ${id} without reason`),
  ].map((what) => `removal of ${kind} ${name}: ${what}`)
}

export type Pressed = { kept: Kept; isGone: boolean; said: string }

/**
 * Presses Remove with all ticked and typed, and answers what the console said and whether
 * the object is gone by the engine's own list.
 */
export async function pressRemovals(
  { swarm, skep }: Setting,
  all: readonly Kept[],
): Promise<Pressed[]> {
  const said = new Map<string, string>()
  for (const kept of all) said.set(kept.id, await press(skep, kept))
  const { secrets, configs } = await readSwarm(swarm)
  const left = new Set([...secrets, ...configs].map(({ ID }) => ID))
  return all.map((kept) => ({
    kept,
    isGone: !left.has(kept.id),
    said: said.get(kept.id) ?? '',
  }))
}

/** Looks and presses, again where the facts moved in between: those of another removal do. */
async function press(skep: Console, kept: Kept): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    const consent = consentTo(await previewOf(skep, kept))
    const path = api.storedRemove(kept.kind, kept.name)
    const { status, body } = await post(skep, path, consent)
    if (status !== 409 || attempt === 5) return `${status} ${body.title ?? ''}`
  }
}

/** So many of them, or all where there are fewer. */
export function sampleOf<T>(random: Random, from: readonly T[], most: number): T[] {
  const left = [...from]
  const taken: T[] = []
  while (taken.length < most && left.length > 0) {
    taken.push(...left.splice(between(random, 0, left.length - 1), 1))
  }
  return taken
}

async function previewOf(skep: Console, { kind, name }: Kept): Promise<StoredPreview> {
  const answer = await fetch(skep.url + api.storedRemove(kind, name))
  if (!answer.ok) throw new Error(`removal of ${kind} ${name}: ${await answer.text()}`)
  return (await answer.json()) as StoredPreview // The console checks its answers.
}
