import { labelValue } from '../label-value.ts'
import type { Node } from '../store/objects.ts'
import type { TaskSpec } from '../store/specs.ts'
import { isInSubnet } from './subnet.ts'

export type Constraint = { key: string; operator: '==' | '!='; value: string }

const KEY = /^[a-z_][a-z0-9\-_.]+$/i
const VALUE = /^[a-z0-9:\-_\s.*()?+[\]\\^$|/]+$/i
const NODE_LABEL = 'node.labels.'
const ENGINE_LABEL = 'engine.labels.'

const parsed = new WeakMap<readonly string[], readonly Constraint[]>()

/**
 * @throws Error with the engine's text
 * @see moby/swarmkit manager/constraint/constraint.go Parse
 */
export function parseConstraints(texts: readonly string[]): readonly Constraint[] {
  const known = parsed.get(texts)
  if (known) return known
  const constraints = texts.map(parseConstraint)
  parsed.set(texts, constraints)
  return constraints
}

/** Whether a node meets every constraint of a task template. */
export function suits({ Placement }: TaskSpec, node: Node): boolean {
  return matchesAll(parseConstraints(Placement?.Constraints ?? []), node)
}

function parseConstraint(text: string): Constraint {
  for (const operator of ['==', '!='] as const) {
    const index = text.indexOf(operator)
    if (index < 0) continue
    const key = text.slice(0, index).trim()
    const value = text.slice(index + 2).trim()
    if (!KEY.test(key)) throw new Error(`key '${key}' is invalid`)
    if (!VALUE.test(value)) throw new Error(`value '${value}' is invalid`)
    return { key, operator, value }
  }
  throw new Error('constraint expected one operator from ==, !=')
}

/** @see moby/swarmkit manager/constraint/constraint.go NodeMatches */
export function matchesAll(constraints: readonly Constraint[], node: Node): boolean {
  return constraints.every((constraint) => matches(constraint, node))
}

function matches({ key, operator, value }: Constraint, node: Node): boolean {
  if (key.toLowerCase() === 'node.ip') {
    const inside = isInSubnet(node.Status.Addr, value)
    return inside !== null && inside === (operator === '==')
  }
  const actual = actualOf(key, node)
  if (actual === null) return false
  return (actual.toLowerCase() === value.toLowerCase()) === (operator === '==')
}

/** Null for a key that swarmkit does not know: it never matches, whatever the operator. */
function actualOf(key: string, node: Node): string | null {
  const lower = key.toLowerCase()
  switch (lower) {
    case 'node.id':
      return node.ID
    case 'node.hostname':
      return node.Description.Hostname
    case 'node.role':
      return node.hidden.observedRole
    case 'node.platform.os':
      return node.Description.Platform.OS
    case 'node.platform.arch':
      return node.Description.Platform.Architecture
  }
  if (lower.startsWith(NODE_LABEL) && key.length > NODE_LABEL.length) {
    return labelValue(node.Spec.Labels, key.slice(NODE_LABEL.length)) ?? ''
  }
  if (lower.startsWith(ENGINE_LABEL) && key.length > ENGINE_LABEL.length) {
    return labelValue(node.Description.Engine.Labels, key.slice(ENGINE_LABEL.length)) ?? ''
  }
  return null
}
