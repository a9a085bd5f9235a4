import type { Consent } from '@skep/shared/contract/preview'
import {
  type ConfigContent,
  type Created,
  type CreateStored,
  payloadProblem,
  type Stored,
  type StoredKind,
  type StoredPreview,
} from '@skep/shared/contract/stored'
import { classify } from '../docker/errors.ts'
import { openChecks } from '../domain/commands/open-checks.ts'
import { createMemo } from '../domain/memo.ts'
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
import { changedSince, checksOpen, engineRefused, notWrittenDown } from './failure.ts'
import { orAway } from './memory-away.ts'
import { noSuchStored } from './missing.ts'
import { Refusal } from './refusal.ts'
import { createSeal } from './seal.ts'
import { callsFor } from './stored-calls.ts'
import { createTurns } from './turns.ts'

/** Secrets and configs: listed, made and removed. Of a secret's value nothing stays here. */
export type StoredDesk = {
  list(kind: StoredKind): Stored[]
  /**
   * @param reveal whether lines that look like credentials are shown; that is written down
   * @throws Refusal: 403 a console that only looks reveals nothing, 404; DockerError
   */
  content(name: string, reveal: boolean, actor: string): Promise<ConfigContent>
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

/** Newest first; an older one that is not over has been forgotten by everybody. */
const mostRotations = 200

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
      orAway(memory.rotations.list(mostRotations), []),
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
      const calls = callsFor(kind, mirror.api())
      if (await isTaken(kind, name)) throw nameTaken(kind, name)
      await announce(kind, name, `Create the ${kind} ${name}`, actor)
      const id = await calls.create(name, value, labels)
      return { id, name }
    } catch (error) {
      if (error instanceof Refusal) throw error
      const failure = classify(error)
      if (failure.kind === 'name-taken') throw nameTaken(kind, name)
      throw engineRefused(failure, name)
    } finally {
      value.fill(0)
    }
  }

  /** The mirror may be behind a removal; behind a creation, the engine refuses. */
  async function isTaken(kind: StoredKind, name: string): Promise<boolean> {
    if (!storedNamed(kind, name, mirror.state())) return false
    const all = await callsFor(kind, mirror.api()).list()
    return all.some(({ Spec }) => Spec.Name === name)
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
      await announce(kind, name, `Remove the ${kind} ${name}`, actor)
      try {
        await callsFor(kind, mirror.api()).remove(found.id)
      } catch (error) {
        throw engineRefused(classify(error), name)
      }
      gone.push(name)
    }
    return gone
  }

  /** Null where it was removed meanwhile. */
  const configOf = (id: string) =>
    mirror
      .api()
      .config(id)
      .catch((error: unknown) => {
        if (classify(error).kind === 'not-found') return null
        throw error
      })

  return {
    list: (kind) =>
      lists.get(kind, [mirror.state()], now(), () => ({
        value: storedViews(kind, mirror.state(), now()),
        until: now() + listHolds,
      })).value,
    async content(name, reveal, actor) {
      // Whoever may do nothing with a credential is not shown one either.
      if (reveal && readOnly) throw keptBack(name)
      const known = storedNamed('config', name, mirror.state())
      const found = known && (await configOf(known.id))
      if (!found) throw noSuchStored(mirror.state(), 'config', name)
      const sentence = `Show what is kept back of the config ${name}`
      if (reveal) await announce('config', name, sentence, actor)
      return contentOf(name, Buffer.from(found.Spec.Data ?? '', 'base64'), reveal)
    },
    create: (kind, told, actor) =>
      inTurn(`${kind} ${told.name}`, () => create(kind, told, actor)),
    previewRemoval: async (kind, asked) => (await look(kind, asked)).preview,
    remove: (kind, asked, consent, actor) =>
      inTurn(kind, () => remove(kind, asked, consent, actor)),
  }
}

const onlyLooks = new Refusal({
  status: 422,
  code: 'read-only',
  title: 'This console only looks: SKEP_READ_ONLY is set.',
  next: 'Use another console, or start this one without it.',
})

const keptBack = (name: string): Refusal =>
  new Refusal({
    status: 403,
    code: 'read-only',
    title: `This console only looks: what looks like a credential in ${name} stays kept back.`,
    next: 'Use another console, or start this one without SKEP_READ_ONLY.',
  })

const nameTaken = (kind: StoredKind, name: string): Refusal =>
  new Refusal({
    status: 409,
    code: 'name-taken',
    title: `There is a ${kind} ${name} already.`,
    next: 'They cannot be changed: choose the next version of the name.',
  })

function refuseSize(kind: StoredKind, bytes: number): void {
  const problem = payloadProblem(kind, bytes)
  if (problem === null) return
  throw new Refusal({
    status: 422,
    code: 'payload-size',
    title: problem,
    next: bytes === 0 ? 'Give it a value.' : 'Shorten it, or split it.',
  })
}
