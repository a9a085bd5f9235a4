import { attributeOf, type Constrained, parseConstraint } from '../constraints.ts'

/** Why a node does not satisfy a constraint: what it asks for, and what the node has. */
export function constraintSentence(expression: string, node: Constrained): string {
  const constraint = parseConstraint(expression)
  if (!constraint) return `${expression} cannot be read`
  const actual = attributeOf(constraint.key, node)
  if (actual === null) return `${expression} asks for what no node has`
  return `${expression}, and it ${actual === '' ? 'has none' : `is ${actual}`}`
}
