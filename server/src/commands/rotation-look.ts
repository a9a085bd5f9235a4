import type { RotateArguments, RotationPreview } from '@skep/shared/contract/rotation'
import type { StoredKind } from '@skep/shared/contract/stored'
import {
  type AskedRotation,
  rotationPreview,
  type Swap,
} from '../domain/rotation-preview.ts'
import { consumersNow, type RotationRecord } from '../domain/rotation-record.ts'
import { proposeNext } from '../domain/stored/next-version.ts'
import { allStored, storedNamed } from '../domain/stored/of-kind.ts'
import type { Tracking } from '../domain/tracking.ts'
import type { Memory } from '../memory/memory.ts'
import { clock } from '../mirror/clock.ts'
import type { Mirror } from '../mirror/mirror.ts'
import { orAway } from './memory-away.ts'
import { noSuchStored } from './missing.ts'
import type { ServiceCommands } from './service-commands.ts'

/** What a look at a rotation found: what would be done, and to whom. */
export type RotationLook = {
  readonly asked: AskedRotation
  /** Its basis is not sealed yet. */
  readonly preview: RotationPreview
  readonly swaps: readonly Swap[]
  /** Rotations that have not ended, of any console on this memory. */
  readonly known: readonly RotationRecord[]
}

type Deps = {
  mirror: Mirror
  memory: Memory<Tracking>
  commands: ServiceCommands
  readOnly: boolean
}

/** Stands for the id of what is yet to be created. */
const toBeCreated = 'to-be-created'

/**
 * Looks at what rotating this one would do: at each of its consumers as if the update was
 * asked for by itself.
 * @throws Refusal when there is none of this name; DockerError
 */
export async function lookAtRotation(
  kind: StoredKind,
  name: string,
  { next: named, together, windowHours }: RotateArguments,
  { mirror, memory, commands, readOnly }: Deps,
): Promise<RotationLook> {
  const state = mirror.state()
  const now = clock.ofManagers(state)
  const old = storedNamed(kind, name, state)
  if (!old) throw noSuchStored(state, kind, name)
  const taken = new Set(allStored(kind, state).map((one) => one.name))
  const next = named ?? proposeNext(name, taken, now)
  // While the memory is away the preview says so, and blocks.
  const { found: known, memoryAway } = await orAway(memory.rotations.open(), [])
  const swaps: Swap[] = []
  // One by one: each reads all that the swarm stores.
  for (const service of consumersNow(state, kind, old.id)) {
    const asked = { kind: 'swap', stored: kind, from: old.id, toName: next } as const
    const preview = await commands.preview({ ...asked, to: toBeCreated }, service.name)
    swaps.push({ service, preview })
  }
  const asked = { kind, old, next, together, windowHours }
  const on = { state, memoryAway, readOnly, now }
  return { asked, preview: rotationPreview(asked, swaps, known, on), swaps, known }
}
