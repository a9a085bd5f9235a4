import { ipMatches } from './ip-match.ts'
import type { Node } from './state.ts'

type Constraint = {
  readonly key: string
  readonly operator: '==' | '!='
  readonly value: string
}

/** What a constraint can ask of a node. */
export type Constrained = Pick<
  Node,
  'id' | 'hostname' | 'ip' | 'manager' | 'os' | 'architecture' | 'labels' | 'engineLabels'
>

const operators = ['==', '!='] as const
const keyPattern = /^[a-z_][a-z0-9\-_.]+$/i
const valuePattern = /^[a-z0-9:\-_\s.*()?+[\]\\^$|/]+$/i

/**
 * A placement constraint, read as the swarm reads it: `==` is looked for first, and the
 * text is split once. Null for what the swarm would have refused.
 * @see moby/swarmkit manager/constraint/constraint.go
 */
export function parseConstraint(expression: string): Constraint | null {
  for (const operator of operators) {
    const at = expression.indexOf(operator)
    if (at < 0) continue
    const key = expression.slice(0, at).trim()
    const value = expression.slice(at + operator.length).trim()
    return keyPattern.test(key) && valuePattern.test(value)
      ? { key, operator, value }
      : null
  }
  return null
}

/** Whether a node satisfies every constraint. One that cannot be read matches no node. */
export const matchesAll = (expressions: readonly string[], node: Constrained): boolean =>
  readOnce(expressions).every(
    (constraint) => constraint !== null && matches(constraint, node),
  )

type Read = readonly (Constraint | null)[]
const read = new WeakMap<readonly string[], Read>()

/** The constraints of a spec are asked of every node, so they are read once. */
function readOnce(expressions: readonly string[]): Read {
  const known = read.get(expressions)
  if (known) return known
  const found = expressions.map(parseConstraint)
  read.set(expressions, found)
  return found
}

function matches({ key, operator, value }: Constraint, node: Constrained): boolean {
  const wanted = operator === '=='
  if (key.toLowerCase() === 'node.ip') {
    const match = ipMatches(node.ip ?? '', value)
    return match !== null && match === wanted
  }
  const actual = attributeOf(key, node)
  // A key that nobody knows is accepted by the swarm, and then matches nothing.
  return actual !== null && (actual.toLowerCase() === value.toLowerCase()) === wanted
}

/**
 * What a node has where a constraint looks; null for a key that nobody knows. A label that
 * is missing reads as empty, so that `!=` holds for it.
 */
export function attributeOf(key: string, node: Constrained): string | null {
  const known = key.toLowerCase()
  switch (known) {
    case 'node.id':
      return node.id
    case 'node.hostname':
      return node.hostname
    case 'node.ip':
      return node.ip ?? ''
    case 'node.role':
      // The role in effect, not the one asked for: they differ during a promotion.
      return node.manager ? 'manager' : 'worker'
    case 'node.platform.os':
      return node.os
    case 'node.platform.arch':
      return node.architecture
  }
  // The prefix is read in any case, the name of the label in its own.
  const nodeLabel = after('node.labels.', key)
  if (nodeLabel) return label(node.labels, nodeLabel)
  const engineLabel = after('engine.labels.', key)
  return engineLabel ? label(node.engineLabels, engineLabel) : null
}

/** The label that a constraint looks at, and whose; null where it looks at none. */
export function labelAsked(
  expression: string,
): { readonly of: 'node' | 'engine'; readonly label: string } | null {
  const key = parseConstraint(expression)?.key ?? ''
  const ofNode = after('node.labels.', key)
  if (ofNode) return { of: 'node', label: ofNode }
  const ofEngine = after('engine.labels.', key)
  return ofEngine ? { of: 'engine', label: ofEngine } : null
}

/** What follows a prefix of a key; null for another key. */
const after = (prefix: string, key: string): string | null =>
  key.toLowerCase().startsWith(prefix) ? key.slice(prefix.length) : null

const label = (labels: Readonly<Record<string, string>>, name: string): string =>
  (Object.hasOwn(labels, name) ? labels[name] : undefined) ?? ''
