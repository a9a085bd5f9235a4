import type { GenericResource, Resources, TaskSpec } from '../store/specs.ts'

const NONE: Resources = {}

export function reservationsOf(spec: TaskSpec): Resources {
  return spec.Resources?.Reservations ?? NONE
}

/** @see moby/swarmkit manager/scheduler/filter.go ResourceFilter */
export function fits(asked: Resources, free: Resources): boolean {
  return (
    (asked.NanoCPUs ?? 0) <= Math.max(0, free.NanoCPUs ?? 0) &&
    (asked.MemoryBytes ?? 0) <= Math.max(0, free.MemoryBytes ?? 0) &&
    (asked.GenericResources ?? []).every((resource) => {
      const { Kind = '', Value = 0 } = resource.DiscreteResourceSpec ?? {}
      return Value <= countOf(Kind, free.GenericResources ?? [])
    })
  )
}

/** What is left when `asked` is taken, and under which names the generic ones were. */
export function take(free: Resources, asked: Resources): Resources {
  return {
    NanoCPUs: (free.NanoCPUs ?? 0) - (asked.NanoCPUs ?? 0),
    MemoryBytes: (free.MemoryBytes ?? 0) - (asked.MemoryBytes ?? 0),
    GenericResources: without(free.GenericResources ?? [], asked.GenericResources ?? []),
  }
}

export function giveBack(free: Resources, taken: Resources): Resources {
  const generic = [...(free.GenericResources ?? [])]
  for (const resource of taken.GenericResources ?? []) {
    const { DiscreteResourceSpec: discrete } = resource
    const index = generic.findIndex(
      (own) => discrete && own.DiscreteResourceSpec?.Kind === discrete.Kind,
    )
    const own = generic[index]?.DiscreteResourceSpec
    if (discrete && own) {
      const sum = { Kind: own.Kind, Value: own.Value + discrete.Value }
      generic[index] = { DiscreteResourceSpec: sum }
    } else {
      generic.push(resource)
    }
  }
  return {
    NanoCPUs: (free.NanoCPUs ?? 0) + (taken.NanoCPUs ?? 0),
    MemoryBytes: (free.MemoryBytes ?? 0) + (taken.MemoryBytes ?? 0),
    GenericResources: generic,
  }
}

/**
 * The named or counted resources that a task gets of a node for what it asks in numbers.
 * @see moby/swarmkit api/genericresource/resource_management.go Claim
 */
export function claim(free: Resources, asked: Resources): GenericResource[] {
  const claimed: GenericResource[] = []
  for (const { DiscreteResourceSpec } of asked.GenericResources ?? []) {
    if (!DiscreteResourceSpec) continue
    const { Kind, Value } = DiscreteResourceSpec
    const named = (free.GenericResources ?? []).filter(
      ({ NamedResourceSpec }) => NamedResourceSpec?.Kind === Kind,
    )
    if (named.length > 0) claimed.push(...named.slice(0, Value))
    else claimed.push({ DiscreteResourceSpec: { Kind, Value } })
  }
  return claimed
}

function countOf(kind: string, resources: readonly GenericResource[]): number {
  return resources.reduce((sum, { DiscreteResourceSpec, NamedResourceSpec }) => {
    if (NamedResourceSpec?.Kind === kind) return sum + 1
    return DiscreteResourceSpec?.Kind === kind ? sum + DiscreteResourceSpec.Value : sum
  }, 0)
}

function without(
  free: readonly GenericResource[],
  asked: readonly GenericResource[],
): GenericResource[] {
  const rest = [...free]
  for (const { DiscreteResourceSpec, NamedResourceSpec } of asked) {
    const index = rest.findIndex((own) =>
      NamedResourceSpec
        ? own.NamedResourceSpec?.Kind === NamedResourceSpec.Kind &&
          own.NamedResourceSpec.Value === NamedResourceSpec.Value
        : own.DiscreteResourceSpec?.Kind === DiscreteResourceSpec?.Kind,
    )
    const own = rest[index]?.DiscreteResourceSpec
    if (index < 0) continue
    if (own && DiscreteResourceSpec) {
      const Value = own.Value - DiscreteResourceSpec.Value
      rest[index] = { DiscreteResourceSpec: { Kind: own.Kind, Value } }
    } else {
      rest.splice(index, 1)
    }
  }
  return rest
}
