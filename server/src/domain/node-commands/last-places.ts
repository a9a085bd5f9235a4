import { demandOf, withoutRoom } from '../placement/demand.ts'
import { firstRefusal } from '../placement/filters.ts'
import { siteOf } from '../placement/sites.ts'
import { unused } from '../placement/volumes-in-use.ts'
import type { Node, Service } from '../state.ts'
import { isPerNode } from '../task-life.ts'
import { elsewhereOf, type Situation } from './facts.ts'

/**
 * Services whose tasks no node would be open to any more, though this one was, or will be
 * again once it is back. What is full today may be free tomorrow, so room does not count.
 * @param after the node as it is then; null: it is gone
 */
export function losesOnlyNode(on: Situation, after: Node | null): string[] {
  const { node } = on
  const open = { state: 'ready', availability: 'active' } as const
  const volumes = unused(on.here.volumes)
  const before = { ...on.here, node: { ...node, ...open }, volumes }
  // What the command does not change is no reason: a node that is down comes back.
  const then = after && {
    ...siteOf(on.state, after),
    volumes,
    node: {
      ...after,
      state: after.state === node.state ? open.state : after.state,
      availability:
        after.availability === node.availability ? open.availability : after.availability,
    },
  }
  const others = elsewhereOf(on).map((site) => ({ ...site, volumes }))
  return [...on.state.services.values()]
    .filter((service) => {
      if (isPerNode(service.mode) || asksNothing(service)) return false
      const demand = withoutRoom(demandOf(service, on.state))
      const lost =
        firstRefusal(demand, before) === null &&
        (then === null || firstRefusal(demand, then) !== null)
      return lost && others.every((site) => firstRefusal(demand, site) !== null)
    })
    .map(({ name }) => name)
    .sort()
}

/** One that was set to 0 and has a place for its data is asked for again. */
const asksNothing = ({ mode, spec }: Service): boolean =>
  mode.kind === 'replicated' && mode.replicas === 0 && spec.mounts.length === 0
