import { setTimeout as pause } from 'node:timers/promises'
import type { Asked } from '@skep/shared/contract/commands'
import type { Preview } from '@skep/shared/contract/preview'
import type { Facts } from '../domain/commands/facts.ts'
import { preview, type Write } from '../domain/commands/preview.ts'
import type { Residency } from '../domain/residency.ts'
import type { Tracking } from '../domain/tracking.ts'
import type { Memory } from '../memory/memory.ts'
import type { Mirror } from '../mirror/mirror.ts'
import { toService } from '../mirror/translate.ts'
import { type Gathered, gather } from './facts.ts'
import type { Operations } from './operations.ts'
import { createPress, type Press } from './press.ts'
import { inspect, writeSpec } from './write.ts'

/** Commands on a service: rollback, resume, scale, and the others. */
export type ServiceCommands = Press<Asked, Preview>

type Deps = {
  mirror: Mirror
  memory: Memory<Tracking>
  operations: Operations
  /** Where node-local volumes were, as far as it is known now. */
  residency: () => Residency
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

export function createServiceCommands({
  mirror,
  memory,
  operations,
  residency,
  readOnly,
}: Deps): ServiceCommands {
  const sources = { mirror, history: memory.history, residency, readOnly }

  async function look(asked: Asked, name: string) {
    const { read, facts } = await gather(asked, name, sources)
    const { preview: found, write } = preview(asked, facts)
    const act = write && {
      tracking: {
        specHash: null,
        before: { specHash: facts.service.specHash, version: read.Version.Index },
        expects: write.kind,
      },
      send: async () => {
        if (asked.kind === 'resume') await pause(windingDown(facts))
        await send(write, read)
      },
      left: () => left(read.ID),
    }
    return { subject: { kind: 'service', name, id: read.ID } as const, preview: found, act }
  }

  const send = (write: Write, read: Gathered['read']): Promise<void> =>
    write.kind === 'remove'
      ? mirror.api().removeService(read.ID)
      : writeSpec(mirror.api(), read, write.document, write)

  async function left(id: string) {
    const after = await inspect(mirror.api(), id).catch(() => null)
    const service = after && toService(after)
    return { specHash: service?.specHash ?? null, version: service?.version ?? null }
  }

  return createPress(look, operations)
}
