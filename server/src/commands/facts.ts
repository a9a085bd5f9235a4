import type { Asked } from '@skep/shared/contract/commands'
import type { DockerApi } from '../docker/api.ts'
import type { EngineService } from '../docker/engine.ts'
import { classify } from '../docker/errors.ts'
import type { Facts } from '../domain/commands/facts.ts'
import type { SpecDocument } from '../domain/commands/spec-document.ts'
import { serviceNamed } from '../domain/names.ts'
import type { Residency } from '../domain/residency.ts'
import type { Service } from '../domain/state.ts'
import type { History, KeptVersion } from '../memory/history.ts'
import { VaultError } from '../memory/vault.ts'
import { clock } from '../mirror/clock.ts'
import type { Mirror } from '../mirror/mirror.ts'
import { toService } from '../mirror/translate.ts'
import { orAway } from './memory-away.ts'
import { noSuchService } from './missing.ts'
import { inspect } from './write.ts'

/** What a preview is judged on, and the service as the engine sent it. */
export type Gathered = { read: EngineService; facts: Facts }

type Sources = {
  mirror: Mirror
  history: History
  residency: () => Residency
  readOnly: boolean
}

/**
 * Reads what a command depends on, from the engine and at this moment: the mirror is good
 * enough to look at, not to act on.
 *
 * @throws Refusal when there is no such service; DockerError
 */
export async function gather(
  asked: Asked,
  name: string,
  { mirror, history, residency, readOnly }: Sources,
): Promise<Gathered> {
  const api = mirror.api()
  const state = mirror.state()
  const known = serviceNamed(state, name)
  const [read, secrets, configs, digest, kept] = await Promise.all([
    known && inspect(api, known.id),
    orNull(idsOf(api.secrets())),
    orNull(idsOf(api.configs())),
    asked.kind === 'image' ? distributionOf(api, asked.image) : null,
    known && keptOf(history, known.id, asked.kind === 'restore' ? asked.version : null),
  ])
  if (!known || !read || !kept) throw noSuchService(state, name)
  const facts: Facts = {
    state,
    service: toService(read),
    asService: oncePer((document: SpecDocument) => withSpec(read, document)),
    document: read.Spec,
    previous: read.PreviousSpec ?? null,
    specVersion: read.Version.Index,
    secrets,
    configs,
    digest,
    stays: residency().get(known.id) ?? [],
    ...kept,
    readOnly,
    now: clock.ofManagers(state),
  }
  return { read, facts }
}

/** The service with another spec: what the engine made of the one it has is not of that. */
function withSpec({ Endpoint, ...read }: EngineService, Spec: SpecDocument): Service {
  return toService({ ...read, Spec })
}

/** The digest of a reference that has none, or in which words the registry refused it. */
async function distributionOf(api: DockerApi, reference: string): Promise<Facts['digest']> {
  if (reference.includes('@')) return null
  try {
    const { digest, platforms } = await api.distribution(reference)
    return { reference, digest, platforms, problem: null }
  } catch (error) {
    return { reference, digest: null, platforms: [], problem: classify(error).message }
  }
}

type Kept = Pick<Facts, 'restored' | 'history' | 'memoryAway'>

/**
 * What the history tells. While it cannot be read the preview says so, and blocks: the rest
 * of it, and its line for a terminal, are needed then more than ever.
 */
async function keptOf(history: History, id: string, version: number | null): Promise<Kept> {
  const nothing = {
    restored: null,
    history: { currentSince: null, previousSince: null },
  }
  const { found, memoryAway } = await orAway(told(history, id, version), nothing)
  return { ...found, memoryAway }
}

async function told(
  history: History,
  id: string,
  version: number | null,
): Promise<Omit<Kept, 'memoryAway'>> {
  // The two newest versions are what runs now, and what ran before it.
  const versions = await history.versions(id)
  const [current, previous] = versions
  const asked = versions.find((one) => one.version === version)
  return {
    restored: asked ? await restoredOf(history, id, asked) : null,
    history: {
      currentSince: current?.seenAt ?? null,
      previousSince: previous?.seenAt ?? null,
    },
  }
}

async function restoredOf(
  history: History,
  id: string,
  { version, seenAt }: KeptVersion,
): Promise<Facts['restored']> {
  try {
    // Sealed when it was written, it is what this engine once sent.
    const document = (await history.document(id, version)) as SpecDocument | null
    return document && { document, version, seenAt }
  } catch (error) {
    // Sealed with another key, or changed since: it is not whole.
    if (error instanceof VaultError) return null
    throw error
  }
}

const idsOf = async (
  list: Promise<readonly { readonly ID: string }[]>,
): Promise<ReadonlySet<string>> => new Set((await list).map(({ ID }) => ID))

const orNull = <T>(answer: Promise<T>): Promise<T | null> => answer.catch(() => null)

/** Made once for each document, however many tasks are of it. */
function oncePer<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const made = new WeakMap<K, V>()
  return (key) => {
    const value = made.get(key) ?? make(key)
    made.set(key, value)
    return value
  }
}
