import type { AffectedTask, ServiceDip } from '@skep/shared/contract/node-preview'
import { occupancy } from '../occupancy.ts'
import type { Service } from '../state.ts'
import { backupOf, drillOf } from '../statefulness/backup.ts'
import { staysOfMembers } from '../statefulness/old-volume.ts'
import { stateClass } from '../statefulness/state-class.ts'
import { isHealthy } from '../task-life.ts'
import { tasksOfService } from '../tasks-of.ts'
import type { Situation } from './facts.ts'

/**
 * How low each service goes. A drain stops tasks before their replacements start, whatever
 * order the service updates in, so all that run here are missing for a moment.
 */
export function dips(on: Situation, affected: readonly AffectedTask[]): ServiceDip[] {
  const byService = Map.groupBy(
    affected.filter(({ outcome }) => outcome !== 'stays'),
    ({ service }) => service,
  )
  return [...on.state.services.values()]
    .flatMap((service) => {
      const leaving = byService.get(service.name)
      return leaving ? [dip(on, service, leaving)] : []
    })
    .sort((a, b) => depth(a) - depth(b) || (a.service < b.service ? -1 : 1))
}

/** Services that go down stand first, then those that lose the larger part. */
const depth = ({ lowest, running }: ServiceDip): number =>
  running === 0 ? 1 : lowest / running

function dip(
  on: Situation,
  service: Service,
  leaving: readonly AffectedTask[],
): ServiceDip {
  const tasks = tasksOfService(on.state, service.id)
  const { desired } = occupancy(service, tasks, on.nodes)
  const healthy = [...tasks.values()].filter((task) => isHealthy(task, on.nodes))
  const ids = new Set(leaving.map(({ task }) => task))
  const lowest = healthy.filter(({ id }) => !ids.has(id)).length
  const surely = leaving.filter(({ outcome }) => outcome === 'moves').length
  const settles = lowest + surely
  const stays = staysOfMembers(on.residency.get(service.id) ?? [], on.nodes)
  const found = { running: healthy.length, desired, lowest, settles }
  return {
    service: service.name,
    class: stateClass(service, stays).class,
    ...found,
    sentence: sentence(service, found),
    backup: backupOf(service),
    drill: drillOf(service),
  }
}

type Numbers = Pick<ServiceDip, 'running' | 'desired' | 'lowest' | 'settles'>

function sentence(
  { name, mode }: Service,
  { running, desired, lowest, settles }: Numbers,
): string {
  const isGlobal = mode.kind === 'global' || mode.kind === 'global-job'
  if (running === 0) return `${name} does not run now.`
  const runs = `${name} runs ${running} of ${desired}`
  if (isGlobal) {
    return settles >= running
      ? `${runs}: one task fewer until its new one runs.`
      : `${runs}: one task fewer.`
  }
  if (lowest === running) return `${runs}: no running task of it is touched.`
  if (lowest > 0) {
    return settles >= running
      ? `${runs}: ${lowest} until the new ones run.`
      : `${runs}: ${lowest}, and ${settles} are sure to run when all has settled.`
  }
  return settles > 0
    ? `${runs}: it will be down until its new task is running.`
    : `${runs}: it will be down, and nothing is sure to bring it back.`
}
