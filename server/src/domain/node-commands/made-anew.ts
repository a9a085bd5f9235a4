import { demandOf } from '../placement/demand.ts'
import { firstRefusal } from '../placement/filters.ts'
import { refusalSentence } from '../placement/refusal-sentence.ts'
import { siteOf } from '../placement/sites.ts'
import type { Node, Service, Task } from '../state.ts'
import { type Group, shareOn } from './competition.ts'
import { dataHere } from './data-here.ts'
import type { Situation } from './facts.ts'
import type { Fate } from './fate.ts'
import type { Leaving } from './leaving.ts'
import { nodeDoubt } from './node-doubt.ts'
import { specDoubt } from './spec-doubt.ts'
import { waitingFor } from './waiting.ts'
import { refusedWords } from './words.ts'

/**
 * What becomes of the tasks of global services that are not on the spec of today when their
 * node is changed: each is stopped, and another made of that spec on the same node, by id of
 * the task. They look for room there together with all that does.
 * @param after the node as it is then
 * @param leaving all that leave it
 * @see moby/swarmkit manager/orchestrator/global/global.go, reconcileOneNode
 */
export function madeAnew(
  on: Situation,
  after: Node,
  leaving: readonly Leaving[],
): ReadonlyMap<string, Fate> {
  const outdated = leaving.flatMap(({ task, reason }) => {
    const service = on.state.services.get(task.serviceId)
    return service && reason === 'outdated' ? { task, service } : []
  })
  if (outdated.length === 0) return new Map()
  const site = siteOf(on.state, after, new Set(leaving.map(({ task }) => task.id)))
  const groupOf = (service: Service): Group => {
    const demand = demandOf(service, on.state)
    const candidates = firstRefusal(demand, site) === null ? [site] : []
    return { demand, count: 1, candidates }
  }
  const pushed = leaving.flatMap(({ task, reason }) => {
    const service = on.state.services.get(task.serviceId)
    return service && reason === 'room' ? groupOf(service) : []
  })
  const groups = new Map(outdated.map(({ service }) => [service, groupOf(service)]))
  const waiting = waitingFor(on, site, new Set(groups.keys()))
  return new Map(outdated.map(({ task, service }) => [task.id, fateOf(task, service)]))

  function fateOf(task: Task, service: Service): Fate {
    const group = groups.get(service) ?? groupOf(service)
    const found = { ...dataHere(on, service), returns: null }
    const refusal = firstRefusal(group.demand, site)
    if (refusal !== null) {
      const why = `${words} There it waits: ${refusalSentence(refusal, group.demand, site)}.`
      const blockedBy = refusedWords([refusal])
      return { ...found, outcome: 'waits', candidates: [], blockedBy, why }
    }
    const here = { ...found, candidates: [on.name], blockedBy: null }
    const spec = specDoubt(on, service, [task])
    if (spec !== null) return { ...here, ...spec, why: `${words} ${spec.why}` }
    if (nodeDoubt(on, service, group, [group])(task) !== null) {
      const why = `${words} It was rejected there, or needs a path or a network of the node that is not known to exist there.`
      return { ...here, outcome: 'fails', why }
    }
    const others = [...groups.values()].filter((other) => other !== group)
    const { atWorst } = shareOn(site, group, [...others, ...pushed, ...waiting])
    if (atWorst > 0) return { ...here, outcome: 'moves', why: words }
    const why = `${words} Others wait for the same room: it may go to them.`
    return { ...here, outcome: 'may-wait', why }
  }
}

const words =
  'It is not on the newest spec of its service: it is stopped at once and made anew on this node, outside the rolling update.'
