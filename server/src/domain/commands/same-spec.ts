import { withDefaults } from './defaults.ts'
import { digestOfText } from './digest-of-text.ts'
import { canonical, isEmpty, isMap } from './json.ts'
import type { SpecDocument } from './spec-document.ts'

/**
 * Names what a spec means: fields in any order, and defaults written out or not, make no
 * difference. Not fit to leave the server by itself: see `digestOfText`.
 */
export const fingerprint = (document: SpecDocument): string =>
  digestOfText(meaning(document))

/** Holds environment values. */
const meaning = (document: SpecDocument): string =>
  canonical(withDefaults(document), isEmpty)

/**
 * Whether the swarm finds two specs equal. It compares them literally: a default that is
 * written out differs from one that is not. Empty lists and maps do not survive its store.
 * @see moby/swarmkit manager/orchestrator/task.go, reflect.DeepEqual
 */
export const isSame = (a: unknown, b: unknown): boolean => literal(a) === literal(b)

const literal = (value: unknown): string =>
  canonical(
    value,
    (field, name) =>
      field == null ||
      field === '' ||
      (Array.isArray(field) && field.length === 0) ||
      (isMap(name) && isEmpty(field, name)),
  )

/** The parts of a spec that decide whether a task is on it: its template and its ports. */
const decisive = ({ TaskTemplate, EndpointSpec, Networks }: SpecDocument) => ({
  TaskTemplate,
  EndpointSpec,
  Networks,
})

const isSameBut = (a: SpecDocument, b: SpecDocument): boolean => {
  const Placement = undefined
  const without = (document: SpecDocument) => {
    const { TaskTemplate, ...rest } = decisive(document)
    return { ...rest, TaskTemplate: { ...TaskTemplate, Placement } }
  }
  return isSame(without(a), without(b))
}

/**
 * What a change of spec does to a task of the old one: `keeps` it, `replaces` it, or
 * replaces it where its node does not meet the new constraints: placement alone moves
 * nothing that is well placed. Labels, replicas and settings keep every task.
 * @see moby/swarmkit manager/orchestrator/task.go, IsTaskDirty
 */
export function effectOnTasks(
  before: SpecDocument,
  after: SpecDocument,
): 'keeps' | 'replaces' | 'replaces misplaced' {
  if (isSame(decisive(before), decisive(after))) return 'keeps'
  return isSameBut(before, after) ? 'replaces misplaced' : 'replaces'
}
