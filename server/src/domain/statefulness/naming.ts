import type { Service } from '../state.ts'
import { isPerNode } from '../task-life.ts'

/**
 * For whom a text of the spec is another one, such as a volume's name: for every task the
 * same, for each node, for each slot, for each slot on each node, or for each single task,
 * which then never meets its predecessor's.
 * @see moby/swarmkit template/context.go
 */
export type Naming = 'same' | 'node' | 'slot' | 'node-slot' | 'task'

export function namingOf(source: string | null): Naming {
  if (source === null) return 'task'
  const { fields } = parsed(source)
  const asks = (of: string) => fields.some((field) => field.includes(of))
  if (asks('.Task.ID') || asks('.Task.Name')) return 'task'
  const isOfNode = asks('.Node.')
  if (asks('.Task.')) return isOfNode ? 'node-slot' : 'slot'
  return isOfNode ? 'node' : 'same'
}

/** Whether it is another one on each node. */
export const isOfNode = (naming: Naming): boolean =>
  naming === 'node' || naming === 'node-slot'

/** The fields of a template, and the texts before, between and after them. */
function parsed(source: string): {
  readonly fields: readonly string[]
  readonly texts: readonly string[]
} {
  const fields: string[] = []
  const texts: string[] = []
  let done = 0
  for (;;) {
    const open = source.indexOf('{{', done)
    const close = open < 0 ? -1 : source.indexOf('}}', open)
    if (close < 0) return { fields, texts: [...texts, source.slice(done)] }
    texts.push(source.slice(done, open))
    fields.push(source.slice(open, close))
    done = close + 2
  }
}

/** Whether no two tasks of the service have the same name for it at the same time. */
export function isPerTask(naming: Naming, { mode, spec }: Service): boolean {
  switch (naming) {
    case 'same':
      return false
    case 'slot':
    case 'node-slot':
    case 'task':
      return true
    case 'node':
      return isPerNode(mode) || spec.maxReplicasPerNode === 1
  }
}

/** Whether a volume of this name can be one that the source stands for. */
export function standsFor(source: string, volume: string): boolean {
  if (source === volume) return true
  const { fields, texts } = parsed(source)
  const first = texts[0] ?? ''
  const last = texts.at(-1) ?? ''
  return (
    fields.length > 0 &&
    volume.length >= first.length + last.length &&
    volume.startsWith(first) &&
    volume.endsWith(last)
  )
}

/** The name that a template of the slot has in one; other fields stay as they are written. */
export const nameInSlot = (source: string, service: string, slot: number): string =>
  source
    .replaceAll(/\{\{\s*\.Task\.Slot\s*\}\}/g, String(slot))
    .replaceAll(/\{\{\s*\.Service\.Name\s*\}\}/g, service)
