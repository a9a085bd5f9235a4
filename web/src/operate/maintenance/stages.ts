import type { Maintenance, MaintenanceStep } from '@skep/shared/contract/maintenance'

/** The stages of a maintenance, in their order: its steps, by what they do. */
const stageKinds = ['stop', 'drain', 'work', 'activate', 'start', 'verify'] as const
export type StageKind = (typeof stageKinds)[number]

export type Stage = {
  kind: StageKind
  steps: MaintenanceStep[]
  /** The first that is not done is the current one. */
  state: 'done' | 'current' | 'ahead'
}

/** A maintenance as the panel shows it; stages without steps are left out. Pure. */
export function stagesOf({ steps }: Pick<Maintenance, 'steps'>): Stage[] {
  const byKind = Map.groupBy(steps, ({ id }) => splitId(id).kind)
  const stages = stageKinds.flatMap((kind) => {
    const those = byKind.get(kind) ?? []
    return those.length > 0 ? [{ kind, steps: those }] : []
  })
  const current = stages.findIndex(({ steps }) =>
    steps.some(({ state }) => state !== 'done'),
  )
  return stages.map((stage, at) => ({
    ...stage,
    state: current < 0 || at < current ? 'done' : at === current ? 'current' : 'ahead',
  }))
}

/** 'stop:pg' is a stop, of the service pg; 'work' is of none. */
export function splitId(id: string): { kind: string; service: string | null } {
  const colon = id.indexOf(':')
  return colon < 0
    ? { kind: id, service: null }
    : { kind: id.slice(0, colon), service: id.slice(colon + 1) }
}
