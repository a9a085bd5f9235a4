import { createHash } from 'node:crypto'
import type { Operation } from '@skep/shared/contract/operation'
import type { FieldChange } from '@skep/shared/contract/preview'
import type { FastifyBaseLogger } from 'fastify'
import type { EngineService, EngineServiceSpec } from '../docker/engine.ts'
import { hasHidden, specChanges } from '../domain/commands/spec-diff.ts'
import { instant } from '../domain/instant.ts'
import { networkNames } from '../domain/names.ts'
import type { ClusterState } from '../domain/state.ts'
import type { Memory } from '../memory/memory.ts'
import { VaultError } from '../memory/vault.ts'
import { clock } from '../mirror/clock.ts'
import { idsInACall } from '../mirror/hints.ts'
import type { Mirror } from '../mirror/mirror.ts'
import { specHash } from '../mirror/translate.ts'

/** Changes that come together are read together, in milliseconds. */
const gathering = 250

/** What the engine did not tell, or the memory did not take, is tried again after this. */
const retryAfter = 10_000

/** So often a version waits to hear who caused it, while a command is on its way. */
const patience = 20

/** Which command left a service with this spec, and whether one is still on its way. */
type Causes = {
  causeOf(serviceId: string, specHash: string): Operation | 'pending' | null
}

/**
 * Keeps each version of each spec as it is seen: one reading when the console starts, and
 * one whenever a spec changed. Never throws: what cannot be kept is logged.
 */
export function keepSpecs(
  mirror: Mirror,
  { journal, history }: Pick<Memory<unknown>, 'journal' | 'history'>,
  causes: Causes,
  log: FastifyBaseLogger,
) {
  const kept = new Map<string, { hash: string; document: EngineServiceSpec }>()
  const waiting = new Map<string, number>()
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()
  let stopped = false
  let seen: ClusterState['services'] | null = null

  const unfollow = mirror.onChange(() => {
    const { services, swarm } = mirror.state()
    // Most changes are of tasks, and no service is another for it.
    if (swarm.state !== 'live' || services === seen) return
    seen = services
    for (const [id, service] of services) {
      if (kept.get(id)?.hash !== service.specHash && !waiting.has(id)) waiting.set(id, 0)
    }
    for (const id of kept.keys()) if (!services.has(id)) kept.delete(id)
    if (waiting.size > 0) wake(gathering)
  })

  function wake(after: number) {
    timer ??= setTimeout(() => {
      running = running.then(keepWaiting).then(
        () => rest(gathering),
        (err) => {
          log.warn({ err }, 'a spec is not kept yet')
          rest(retryAfter)
        },
      )
    }, after).unref()
  }

  /** The timer stands until the work is done: whatever comes meanwhile joins the next. */
  function rest(after: number) {
    timer = undefined
    if (waiting.size > 0 && !stopped) wake(after)
  }

  async function keepWaiting() {
    // The rest has its turn after these.
    const ids = [...waiting.keys()].slice(0, idsInACall)
    for (const service of await mirror.api().services(ids)) {
      const tries = waiting.get(service.ID) ?? 0
      const cause = causes.causeOf(service.ID, specHash(service.Spec))
      if (cause === 'pending' && tries < patience) {
        waiting.set(service.ID, tries + 1)
        continue
      }
      // First, so that what changes while it is written is seen as new.
      waiting.delete(service.ID)
      try {
        await keep(service, cause === 'pending' ? null : cause)
      } catch (error) {
        waiting.set(service.ID, tries)
        throw error
      }
    }
    for (const id of ids) if (!mirror.state().services.has(id)) waiting.delete(id)
  }

  async function keep(service: EngineService, cause: Operation | null) {
    const { ID: id, Spec: document } = service
    const hash = specHash(document)
    const before = kept.get(id)?.document ?? (await lastKept(id))
    const names = networkNames(mirror.state().networks)
    const nameOf = (network: string) => names.get(network) ?? network
    const changes = before ? specChanges(before, document, nameOf) : []
    const latest = await history.latest(id)
    const known = before !== null || latest !== null
    // It was not touched while nobody watched.
    if (!kept.has(id) && latest?.specIndex === service.Version.Index) {
      kept.set(id, { hash, document })
      return
    }
    const version = await history.record({
      serviceId: id,
      service: document.Name,
      specIndex: service.Version.Index,
      seenAt: instant(clock.now()),
      fingerprint: shapeOf(document),
      // Another value of the environment alone has the same shape: the diff tells.
      differs: changes.length > 0,
      image: document.TaskTemplate.ContainerSpec?.Image ?? '',
      changes,
      document,
      hasHidden: hasHidden(document),
      actor: cause?.actor ?? null,
      operation: cause?.id ?? null,
    })
    // Only now: what the memory refused is seen as new again, and kept then.
    kept.set(id, { hash, document })
    if (!known || version === null) return
    await journal.append({
      at: instant(clock.now()),
      kind: 'spec',
      tone: 'neutral',
      subject: { kind: 'service', name: document.Name },
      related: [],
      slot: null,
      sentence: `Version ${version} of ${document.Name}: ${summary(changes)}`,
      cause: null,
      actor: cause?.actor ?? null,
      operation: cause?.id ?? null,
    })
  }

  // It was sealed when it was written, and is what this engine once sent.
  const lastKept = async (id: string) => {
    const latest = await history.latest(id)
    if (!latest) return null
    try {
      return (await history.document(id, latest.version)) as EngineServiceSpec | null
    } catch (err) {
      if (!(err instanceof VaultError)) throw err
      log.warn({ err, version: latest.version }, 'a kept spec cannot be read')
      return null
    }
  }

  return {
    async stop() {
      stopped = true
      unfollow()
      clearTimeout(timer)
      await running
    },
  }
}

const mentioned = 3

function summary(changes: readonly FieldChange[]): string {
  if (changes.length === 0) return 'changed in what is not shown'
  const labels = [...new Set(changes.map(({ label }) => label))]
  const more = labels.length - mentioned
  return `${labels.slice(0, mentioned).join(', ')}${more > 0 ? ` and ${more} more` : ''} changed`
}

/** Names a spec without the values of its environment, which may be guessed from a hash. */
function shapeOf(spec: EngineServiceSpec): string {
  const container = spec.TaskTemplate.ContainerSpec
  const names = (container?.Env ?? []).map((entry) => entry.split('=', 1)[0])
  const task = { ...spec.TaskTemplate, ContainerSpec: { ...container, Env: names } }
  const text = JSON.stringify({ ...spec, TaskTemplate: task })
  return createHash('sha256').update(text).digest('base64url')
}
