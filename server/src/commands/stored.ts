import type { Consent } from '@skep/shared/contract/preview'
import type {
  ConfigContent,
  Created,
  CreateStored,
  Stored,
  StoredEntry,
  StoredKind,
  StoredPreview,
} from '@skep/shared/contract/stored'
import type { DockerApi } from '../docker/api.ts'
import { classify } from '../docker/errors.ts'
import { openChecks } from '../domain/commands/open-checks.ts'
import { createMemo } from '../domain/memo.ts'
import type { StoredFacts } from '../domain/state.ts'
import { storedEntries } from '../domain/stored/entries.ts'
import { storedNamed } from '../domain/stored/of-kind.ts'
import { prunePreview, removalPreview } from '../domain/stored/removal.ts'
import { storedViews } from '../domain/stored/views.ts'
import type { Tracking } from '../domain/tracking.ts'
import type { Memory } from '../memory/memory.ts'
import { clock } from '../mirror/clock.ts'
import { freshUses } from '../mirror/fresh-uses.ts'
import type { Mirror } from '../mirror/mirror.ts'
import { actionEntry } from './action-entry.ts'
import { contentOf } from './config-content.ts'
import {
  changedSince,
  checksOpen,
  doubtful,
  engineRefused,
  notWrittenDown,
} from './failure.ts'
import { orAway } from './memory-away.ts'
import { noSuchStored } from './missing.ts'
import { Refusal } from './refusal.ts'
import { createSeal } from './seal.ts'
import { callsFor } from './stored-calls.ts'
import { afterGone, cannotBeTold, idsNow } from './stored-doubt.ts'
import { keptBack, nameTaken, onlyLooks, refuseSize } from './stored-refusals.ts'
import { createTurns } from './turns.ts'

/** Secrets and configs: listed, made and removed. Of a secret's value nothing stays here. */
export type StoredDesk = {
  list(kind: StoredKind): Stored[]
  /** The same without how each consumer has it; one array until the list is another. */
  index(kind: StoredKind): StoredEntry[]
  /** @throws Refusal: 404 */
  one(kind: StoredKind, name: string): Stored
  /**
   * @param reveal whether lines that look like credentials are shown; that is written down
   * @param other the name of one that it is compared with
   * @throws Refusal: 403 a console that only looks reveals nothing, 404; DockerError
   */
  content(
    name: string,
    reveal: boolean,
    actor: string,
    other?: string,
  ): Promise<ConfigContent>
  /** @throws Refusal: 422 what the engine would refuse, 409 the name is taken; DockerError */
  create(kind: StoredKind, told: CreateStored, actor: string): Promise<Created>
  previewRemoval(kind: StoredKind, asked: Removal): Promise<StoredPreview>
  /** Answers the names of what is gone. @throws Refusal: 404, 409, 422; DockerError */
  remove(
    kind: StoredKind,
    asked: Removal,
    consent: Consent,
    actor: string,
  ): Promise<string[]>
}

/** One by its name, or what a family has beyond its newest few. */
export type Removal = { readonly name: string } | { readonly family: string; keep: number }

type Deps = {
  mirror: Mirror
  memory: Pick<Memory<Tracking>, 'journal' | 'rotations'>
  readOnly: boolean
}

/** Time alone makes a rotation due: how late, in milliseconds, the list may say so. */
const listHolds = 60_000

export function createStoredDesk({ mirror, memory, readOnly }: Deps): StoredDesk {
  const inTurn = createTurns()
  const lists = createMemo<Stored[]>()
  const sealed = createSeal()
  const now = () => clock.ofManagers(mirror.state())

  /** The engine itself looks at specs alone, so who uses what is read afresh. */
  async function look(kind: StoredKind, asked: Removal) {
    const [state, { found: rotations, memoryAway }] = await Promise.all([
      freshUses(mirror, kind),
      // Where they cannot be read nothing is removed: it could not be written down either.
      orAway(memory.rotations.open(), []),
    ])
    const facts = { state, memoryAway, readOnly, now: now(), rotations }
    const found =
      'name' in asked
        ? removalPreview(kind, asked.name, facts)
        : prunePreview(kind, asked.family, asked.keep, facts)
    const wanted = 'name' in asked ? asked.name : asked.family
    if (!found) throw noSuchStored(state, kind, wanted)
    return { state, preview: sealed(found) }
  }

  /** Written down before it is done: what cannot be is not done. */
  async function announce(kind: StoredKind, name: string, sentence: string, actor: string) {
    try {
      await memory.journal.append(actionEntry({ kind, name }, sentence, actor))
    } catch (error) {
      throw notWrittenDown(error)
    }
  }

  async function create(kind: StoredKind, told: CreateStored, actor: string) {
    const { name, labels } = told
    if (readOnly) throw onlyLooks
    const value = Buffer.from(told.data, 'base64')
    try {
      refuseSize(kind, value.byteLength)
      // The mirror may be behind. If it is there afterwards, this is what has made it.
      const all = await callsFor(kind, mirror.api()).list()
      if (all.some(({ Spec }) => Spec.Name === name)) throw nameTaken(kind, name)
      await announce(kind, name, `Create the ${kind} ${name}`, actor)
      return { id: await made(kind, name, value, labels), name }
    } finally {
      value.fill(0)
    }
  }

  /** Its id. @throws Refusal where the engine made none, or where nobody knows */
  async function made(kind: StoredKind, ...told: Parameters<DockerApi['createSecret']>) {
    const [name] = told
    try {
      return await callsFor(kind, mirror.api()).create(...told)
    } catch (error) {
      const failure = classify(error)
      if (failure.kind === 'name-taken') throw nameTaken(kind, name)
      if (!doubtful.has(failure.kind)) throw engineRefused(failure, name)
      const id = (await idsNow(kind, mirror.api()))?.get(name)
      if (id === undefined) throw cannotBeTold(failure, name, 'created')
      return id
    }
  }

  async function remove(
    kind: StoredKind,
    asked: Removal,
    consent: Consent,
    actor: string,
  ): Promise<string[]> {
    const { state, preview: seen } = await look(kind, asked)
    const what = 'name' in asked ? asked.name : asked.family
    if (seen.basis !== consent.basis) throw changedSince(what, seen)
    const standing = openChecks(seen, consent, { kind, name: what })
    if (standing.length > 0) throw checksOpen(seen, standing)
    const gone: string[] = []
    for (const name of seen.names) {
      const found = storedNamed(kind, name, state)
      if (!found) continue
      try {
        await announce(kind, name, `Remove the ${kind} ${name}`, actor)
        await removeOne(kind, found)
      } catch (error) {
        throw error instanceof Refusal ? afterGone(error, gone) : error
      }
      gone.push(name)
    }
    return gone
  }

  /** @throws Refusal as long as it may still be there */
  async function removeOne(kind: StoredKind, { id, name }: StoredFacts) {
    try {
      await callsFor(kind, mirror.api()).remove(id)
    } catch (error) {
      const failure = classify(error)
      // Somebody else was quicker.
      if (failure.kind === 'not-found') return
      if (!doubtful.has(failure.kind)) throw engineRefused(failure, name)
      const ids = await idsNow(kind, mirror.api())
      if (ids === null || ids.get(name) === id) throw cannotBeTold(failure, name, 'removed')
    }
  }

  /** @throws Refusal: 404, also where it was removed meanwhile; DockerError */
  async function payloadOf(name: string): Promise<Buffer> {
    const known = storedNamed('config', name, mirror.state())
    const found =
      known &&
      (await mirror
        .api()
        .config(known.id)
        .catch((error: unknown) => {
          if (classify(error).kind === 'not-found') return null
          throw error
        }))
    if (!found) throw noSuchStored(mirror.state(), 'config', name)
    return Buffer.from(found.Spec.Data ?? '', 'base64')
  }

  const list = (kind: StoredKind): Stored[] =>
    lists.get(kind, [mirror.state()], now(), () => ({
      value: storedViews(kind, mirror.state(), now()),
      until: now() + listHolds,
    })).value

  return {
    list,
    index: (kind) => storedEntries(list(kind)),
    one(kind, name) {
      const found = list(kind).find((one) => one.name === name)
      if (!found) throw noSuchStored(mirror.state(), kind, name)
      return found
    },
    async content(name, reveal, actor, other) {
      // Whoever may do nothing with a credential is not shown one either.
      if (reveal && readOnly) throw keptBack(name)
      const [own, others] = await Promise.all([
        payloadOf(name),
        other === undefined ? null : payloadOf(other),
      ])
      const sentence = `Show what is kept back of the config ${name}`
      if (reveal) await announce('config', name, sentence, actor)
      return contentOf(name, own, reveal, others)
    },
    create: (kind, told, actor) =>
      inTurn(`${kind} ${told.name}`, () => create(kind, told, actor)),
    previewRemoval: async (kind, asked) => (await look(kind, asked)).preview,
    remove: (kind, asked, consent, actor) =>
      inTurn(kind, () => remove(kind, asked, consent, actor)),
  }
}
