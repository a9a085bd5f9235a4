import { checkRole } from '../managers/roles.ts'
import type { Node } from '../store/objects.ts'
import type { NodeSpec } from '../store/specs.ts'
import { type Call, EMPTY, flag } from './call.ts'
import { fieldsOf, labelsOf, textOf } from './fields.ts'
import { type Filters, filtersOf, matchesLabels, matchesPrefix } from './filters.ts'
import { versionOf } from './find.ts'
import { outOfSequence, Problem } from './problem.ts'
import { nodeText } from './render.ts'
import type { Routes } from './router.ts'

const FILTERS = ['name', 'id', 'label', 'node.label', 'role', 'membership']

export const NODE_ROUTES: Routes = {
  'GET /nodes': ({ swarm, query }) => {
    const filters = filtersOf(query, FILTERS)
    const roles = oneOf(filters, 'role', ['manager', 'worker'])
    const memberships = oneOf(filters, 'membership', ['accepted', 'pending'])
    const found = [...swarm.store.nodes.sorted()].filter(
      ({ ID, Spec, Description, hidden }) =>
        matchesPrefix(filters.get('id'), ID) &&
        matchesPrefix(filters.get('name'), Description.Hostname) &&
        matchesLabels(filters.get('label'), Description.Engine.Labels) &&
        matchesLabels(filters.get('node.label'), Spec.Labels) &&
        (roles?.includes(hidden.observedRole) ?? true) &&
        (memberships?.includes('accepted') ?? true),
    )
    const texts = found.map((node) => nodeText(swarm, node))
    return { kind: 'text', status: 200, body: `[${texts.join(',')}]\n` }
  },

  'GET /nodes/{}': (call) => {
    const node = nodeOf(call)
    return { kind: 'text', status: 200, body: `${nodeText(call.swarm, node)}\n` }
  },

  'POST /nodes/{}/update': (call) => {
    const version = versionOf(call.query, 'node')
    const node = nodeOf(call)
    const spec = specOf(call.body)
    checkRole(call.swarm, call.swarm.managers, { node, role: spec.Role })
    if (version !== node.Version.Index) throw outOfSequence()
    call.swarm.store.commit(() =>
      call.swarm.store.update('node', node.ID, (old) => ({ ...old, Spec: spec })),
    )
    return EMPTY
  },

  'DELETE /nodes/{}': (call) => {
    call.swarm.removeNode(nodeOf(call), { force: flag(call.query, 'force') })
    return EMPTY
  },
}

function nodeOf({ swarm, params: [text = ''] }: Call): Node {
  return swarm.findNode(text)
}

/** In any case of letters. @see moby/moby daemon/cluster/filters.go newListNodesFilters */
function oneOf(
  filters: Filters,
  name: string,
  known: readonly string[],
): readonly string[] | undefined {
  const values = filters.get(name)?.map((value) => value.toLowerCase())
  const unknown = values?.find((value) => !known.includes(value))
  if (unknown === undefined) return values
  throw new Problem(500, `Invalid ${name} filter: '${unknown}'`)
}

/** Labels that are left out are lost. @see moby/moby daemon/cluster/convert/node.go */
function specOf(body: unknown): NodeSpec {
  const { Name, Labels, Role, Availability } = fieldsOf(body)
  if (Role !== 'manager' && Role !== 'worker') {
    throw new Problem(400, `invalid Role: "${textOf(Role)}"`)
  }
  if (Availability !== 'active' && Availability !== 'pause' && Availability !== 'drain') {
    throw new Problem(400, `invalid Availability: "${textOf(Availability)}"`)
  }
  return {
    ...(textOf(Name) && { Name: textOf(Name) }),
    Labels: labelsOf(Labels),
    Role,
    Availability,
  }
}
