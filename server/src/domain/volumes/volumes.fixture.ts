import { aMount, aService, aSpec } from '../entities.fixture.ts'
import type { Stay } from '../residency.ts'
import type { Mount, Service } from '../state.ts'
import type { HeldVolume } from './held-volume.ts'

/** A service of one replica, called like its id, with these mounts. */
export const aWriter = (
  id: string,
  mounts: readonly Partial<Mount>[],
  fields: Partial<Service> = {},
): Service =>
  aService({
    id,
    name: id,
    mode: { kind: 'replicated', replicas: 1 },
    ...fields,
    spec: aSpec({ ...fields.spec, mounts: mounts.map(aMount) }),
  })

export const aHeld = (name: string, fields: Partial<HeldVolume> = {}): HeldVolume => ({
  name,
  driver: 'local',
  options: [],
  labels: {},
  scope: 'local',
  bytes: null,
  ...fields,
})

export const aStay = (
  nodeId: string,
  from: number,
  to: number | null,
  volume = 'data',
): Stay => ({ volume, nodeId, node: nodeId, from, to })
