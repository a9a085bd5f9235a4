import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Asked } from '@skep/shared/contract/commands'
import type { Operation } from '@skep/shared/contract/operation'
import type { Consent, Preview } from '@skep/shared/contract/preview'
import { classify } from '../docker/errors.ts'
import type { Facts } from '../domain/commands/facts.ts'
import { openChecks, preview, type Write } from '../domain/commands/preview.ts'
import { instant } from '../domain/instant.ts'
import type { Tracking } from '../domain/tracking.ts'
import type { Memory } from '../memory/memory.ts'
import type { Mirror } from '../mirror/mirror.ts'
import { toService } from '../mirror/translate.ts'
import { gather } from './facts.ts'
import {
  changedSince,
  checksOpen,
  doubtful,
  engineRefused,
  notWrittenDown,
} from './failure.ts'
import type { Operations } from './operations.ts'
import type { Refusal } from './refusal.ts'
import { createTurns } from './turns.ts'
import { inspect, Outdated, writeSpec } from './write.ts'

/** Looking, and acting on what was looked at. */
export type Commands = {
  /** @throws Refusal; DockerError when the swarm cannot be asked */
  preview(asked: Asked, service: string): Promise<Preview>
  /**
   * Does what a preview said, if it still says so. Resolves when the engine has taken it,
   * or when its answer was lost: what then happens is observed.
   *
   * @throws Refusal: 404 no such service, 409 the facts moved, 422 a check stands; DockerError
   */
  run(asked: Asked, service: string, consent: Consent, actor: string): Promise<Operation>
}

type Deps = {
  mirror: Mirror
  memory: Memory<Tracking>
  operations: Operations
  readOnly: boolean
}

/**
 * The updater that paused lingers; while it does, the same spec once more is taken for a
 * repetition: the swarm forgets that it paused and goes on with nothing. Seen at 50 ms
 * after the pause on engine 28, and not at 5 s.
 * @see moby/swarmkit manager/orchestrator/update/updater.go, Supervisor.Update
 */
const lingering = 5_000

const windingDown = ({ service, now }: Facts): number =>
  Math.min(lingering, Math.max(0, service.updatedAt + lingering - now))

export function createCommands({ mirror, memory, operations, readOnly }: Deps): Commands {
  const inTurn = createTurns()
  const sources = { mirror, history: memory.history, readOnly }
  // What a basis is made of holds environment values: it leaves only under a key.
  const key = randomBytes(32)
  const sealed = (basis: string) =>
    createHmac('sha256', key).update(basis).digest('base64url')

  async function look(asked: Asked, service: string) {
    const gathered = await gather(asked, service, sources)
    const { preview: seen, write } = preview(asked, gathered.facts)
    return { ...gathered, seen: { ...seen, basis: sealed(seen.basis) }, write }
  }

  const outdated = async (asked: Asked, service: string): Promise<Refusal> =>
    changedSince(service, (await look(asked, service)).seen)

  async function run(asked: Asked, service: string, consent: Consent, actor: string) {
    const { read, facts, seen, write } = await look(asked, service)
    if (seen.basis !== consent.basis) throw await outdated(asked, service)
    const standing = openChecks(seen, consent)
    if (standing.length > 0 || !write) throw checksOpen(seen, standing)

    const requestedAt = instant(Date.now())
    const acknowledged = seen.checks.filter(({ level }) => level === 'warn')
    const operation: Operation = {
      id: randomUUID(),
      kind: asked.kind,
      subject: { kind: 'service', name: service, id: read.ID },
      actor,
      title: seen.title,
      command: seen.command,
      acknowledged,
      state: 'requested',
      sentence: 'Requested.',
      requestedAt,
      acceptedAt: null,
      endedAt: null,
      specVersion: null,
    }
    // Written down before the call that it announces: a crash loses no intent.
    await operations
      .begin(operation, {
        specHash: null,
        before: { specHash: facts.service.specHash, version: read.Version.Index },
        expects: write.kind,
      })
      .catch((error) => {
        throw notWrittenDown(error)
      })
    try {
      if (asked.kind === 'resume') await pause(windingDown(facts))
      await send(write, read)
    } catch (error) {
      if (error instanceof Outdated) {
        await operations.refuse(
          operation.id,
          `${service} was changed by somebody else first.`,
        )
        throw await outdated(asked, service)
      }
      const failure = classify(error)
      if (!doubtful.has(failure.kind)) {
        await operations.refuse(operation.id, `The engine refused: ${failure.message}`)
        throw engineRefused(failure, service)
      }
      return operations.doubt(operation.id, failure.message)
    }
    const after = await inspect(mirror.api(), read.ID).catch(() => null)
    const left = after && toService(after)
    return operations.accept(operation.id, left?.specHash ?? null, left?.version ?? null)
  }

  const send = (write: Write, read: Awaited<ReturnType<typeof gather>>['read']) =>
    write.kind === 'remove'
      ? mirror.api().removeService(read.ID)
      : writeSpec(mirror.api(), read, write.document, write)

  return {
    preview: async (asked, service) => (await look(asked, service)).seen,
    run: (asked, service, consent, actor) =>
      inTurn(service, () => run(asked, service, consent, actor)),
  }
}
