import type { LabelUse } from '@skep/shared/contract/placement'
import { type Constrained, labelAsked, matchesAll } from '../constraints.ts'
import type { Service } from '../state.ts'

/**
 * What constraints ask of the labels of a node: each expression once, with the services that
 * write it, by label and then as written. A label that the node does not have is asked for
 * as well: it reads as empty.
 * @see moby/swarmkit manager/constraint/constraint.go
 */
export function labelUses(node: Constrained, services: Iterable<Service>): LabelUse[] {
  const uses = new Map<string, LabelUse>()
  for (const { name, spec } of services) {
    for (const constraint of new Set(spec.constraints)) {
      const asked = labelAsked(constraint)
      if (!asked) continue
      const met = matchesAll([constraint], node)
      const known = uses.get(constraint) ?? { ...asked, constraint, met, services: [] }
      uses.set(constraint, { ...known, services: [...known.services, name].sort() })
    }
  }
  return [...uses.values()].sort(
    (a, b) => compare(a.label, b.label) || compare(a.constraint, b.constraint),
  )
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
