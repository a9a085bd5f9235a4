import type { Service, Task } from '../state.ts'
import { isJob } from '../task-life.ts'
import { tasksOfService } from '../tasks-of.ts'
import { counted, listedBriefly } from '../words.ts'
import { type Group, shareOf } from './competition.ts'
import { nameIn, type Situation } from './facts.ts'
import { hostPaths, ownerOf, pathsKnown } from './host-paths.ts'
import { configurationsKnown, configurationsOf } from './network-configurations.ts'
import { type Rejections, rejections } from './rejections.ts'

/**
 * Why the replacement of a task would not run where it is placed, for what the scheduler does
 * not ask of a node: the paths and the networks' configurations that it needs there, and the
 * last answer of a node that rejected the very same. Null where nothing speaks against it. Of a
 * path that is another one in each slot, each task of the service is asked for.
 * @param groups all that look for a place at the same time
 */
export function nodeDoubt(
  on: Situation,
  service: Service,
  group: Group,
  groups: readonly Group[],
): (task: Task) => string | null {
  const paths = hostPaths(service)
  const configurations = configurationsOf(on.state, service)
  const tasks = tasksOfService(on.state, service.id)
  const isTemplate = paths.some((path) => path.includes('{{'))
  const known = new Map<number | null, string | null>()
  return (task) => {
    const slot = isTemplate ? task.slot : null
    const found = known.get(slot)
    if (found !== undefined) return found
    const answer = doubt(task)
    known.set(slot, answer)
    return answer
  }

  function doubt(task: Task): string | null {
    const { candidates, count } = group
    const rejected = rejections(service, tasks, isTemplate ? task.slot : undefined)
    const owner = ownerOf(service, task)
    const willing = candidates.filter(({ node }) => !rejected.has(node.id))
    const withPaths = willing.filter(({ node }) => pathsKnown(on.state, paths, owner, node))
    const withBoth = withPaths.filter(({ node }) =>
      configurationsKnown(on.state, configurations, node),
    )
    if (withBoth.length === candidates.length) return null
    const no = rejectedWords(on, group, rejected)
    const needs = needWords(
      withPaths.length < willing.length ? paths : [],
      withBoth.length < withPaths.length ? configurations : [],
    )
    if (withBoth.length === 0) {
      const others = no ? 'any of the others' : 'any other node'
      return joined(no, needs && `${needs}, which is not known to exist on ${others}.`)
    }
    if (service.spec.restart.maxAttempts > 0 || isJob(service.mode)) {
      return joined(
        no && `${no} Its attempts are limited.`,
        needs && `${needs}, which is not known to exist on every node that could take it.`,
      )
    }
    // Without a limit each is tried until it comes to a node that has the path, if there is
    // room for it; and for all of them, for any of them may come there too.
    const rivals = groups.filter((other) => other !== group)
    const { atWorst } = shareOf({ ...group, candidates: withBoth }, rivals)
    if (atWorst >= count) return null
    const names = withBoth.map(({ node }) => nameIn(on.names, node.id)).join(', ')
    const room = `with room for ${atWorst} of ${counted(count, 'task')}.`
    return needs
      ? joined(no, `${needs}. Of the others only ${names} is known to have it, ${room}`)
      : joined(no, `Of the others only ${names} is left, ${room}`)
  }
}

const joined = (...said: readonly (string | null)[]): string =>
  said.filter((one) => one !== null).join(' ')

/** Which of the nodes that could take it rejected it, in the words of the first. */
function rejectedWords(
  { names }: Situation,
  { candidates }: Group,
  rejected: Rejections,
): string | null {
  const those = candidates.flatMap(({ node }) => (rejected.has(node.id) ? node.id : []))
  if (those.length === 0) return null
  const error = those.map((id) => rejected.get(id)).find((text) => text)
  const who = listedBriefly(those.map((id) => nameIn(names, id)))
  const last =
    those.length === 1 ? `Its last task on ${who} was` : `Its last tasks on ${who} were`
  return `${last} rejected${error ? `: ${error}` : ''}.`
}

/** What it needs of its node and is not known to be on each; null: nothing. */
function needWords(
  paths: readonly string[],
  configurations: readonly string[],
): string | null {
  if (configurations.length === 0) {
    return paths.length > 0 ? `It mounts ${paths.join(', ')} of its node` : null
  }
  const network = `the network configuration ${configurations.join(', ')}`
  return `It needs ${[...paths, network].join(', ')} of its node`
}
