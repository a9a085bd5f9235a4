import type { FieldChange } from '@skep/shared/contract/preview'
import type { SpecDocument } from './spec-document.ts'
import {
  type NetworkName,
  type SpecField,
  type SpecOrder,
  specFields,
} from './spec-fields.ts'

/**
 * What differs between two specs, field by field, in words: nothing is left out, defaults
 * that are written out differ from nothing, and no environment value or what looks like a
 * credential is in it. For a field of which only hidden parts differ, both sides read alike.
 */
export function specChanges(
  before: SpecDocument,
  after: SpecDocument,
  networkName: NetworkName,
): FieldChange[] {
  const old = specFields(before, networkName)
  const now = specFields(after, networkName)
  const paths = new Set([...old.fields.keys(), ...now.fields.keys()])
  const changes = [...paths].flatMap((path) => {
    const change = changeOf(old.fields.get(path), now.fields.get(path))
    return change ? [change] : []
  })
  for (const [path, order] of now.orders) {
    const was = kept(old.orders.get(path), new Set(order.keys))
    const is = kept(order, new Set(was))
    if (was.join('\n') === is.join('\n')) continue
    const read = (keys: readonly string[]) =>
      keys.map((key) => now.fields.get(`${path}[${key}]`)?.label ?? '').join(', ')
    changes.push({
      path,
      label: `Order of ${path.split('.').at(-1)}`,
      before: read(was),
      after: read(is),
      hidden: false,
      restarts: restarts(path),
    })
  }
  return changes.sort((a, b) => rank(a.path) - rank(b.path))
}

const kept = (order: SpecOrder | undefined, keys: ReadonlySet<string>): string[] =>
  (order?.keys ?? []).filter((key) => keys.has(key))

/** Whether a spec holds anything that must not be shown. */
export const hasHidden = (document: SpecDocument): boolean =>
  [...specFields(document, (id) => id).fields.values()].some(({ hidden }) => hidden)

function changeOf(
  before: SpecField | undefined,
  after: SpecField | undefined,
): FieldChange | null {
  const field = after ?? before
  if (!field || before?.value === after?.value) return null
  const same = before?.text === after?.text
  return {
    path: field.path,
    label: field.label,
    before: (same ? before?.detail : before?.text) ?? null,
    after: (same ? after?.detail : after?.text) ?? null,
    hidden: before?.hidden === true || after?.hidden === true,
    restarts: restarts(field.path),
  }
}

/**
 * Whether a change there replaces tasks. One of placement replaces only those that are on
 * the wrong node then, which is not known here.
 * @see moby/swarmkit manager/orchestrator/task.go, IsTaskDirty
 */
const restarts = (path: string): boolean =>
  /^(TaskTemplate|EndpointSpec|Networks)\b/.test(path)

/** The image first, since it is what a rollout is about; then as the fields come. */
const rank = (path: string): number =>
  path === 'TaskTemplate.ContainerSpec.Image' ? 0 : restarts(path) ? 1 : 2
