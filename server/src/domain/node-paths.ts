import type { Mount, Node } from './state.ts'

/**
 * The path of its node that a mount needs to be there, as written; null where it needs none,
 * or the engine makes it. A volume of `local` that binds a path needs it as much as a bind
 * mount does; and so does one of which a folder is mounted: a new volume is empty, and nobody
 * makes the folder.
 * @see moby/moby#47842
 */
export function pathOf({ type, source, createsPath, ...volume }: Mount): string | null {
  if (type === 'bind') return createsPath ? null : source
  const { driver, device, filesystem, subpath, options } = volume
  const isLocal = type === 'volume' && (driver === null || driver === 'local')
  if (!isLocal) return null
  const binds = options.includes('bind') || options.includes('rbind')
  if (binds) return device?.startsWith('/') ? device : null
  return subpath !== null && filesystem === null ? `${source ?? ''}:${subpath}` : null
}

/** Whose path it is: it may be written as a template. */
export type Owner = {
  readonly serviceId: string
  /** Name of the service; null: not known any more. */
  readonly service: string | null
  /** Null of one that has its node instead. */
  readonly slot: number | null
}

/**
 * The path of one task on a node: what its template stands for there; null where that cannot
 * be told, or is another for each task.
 * @see moby/swarmkit template/context.go, NewContext; template/expand.go, expandMounts
 */
export function pathOn(path: string, owner: Owner, node: Node): string | null {
  if (!path.includes('{{')) return path
  const filled = path.replaceAll(
    anyField,
    (written, name: string) => filledIn(name, owner, node) ?? written,
  )
  return filled.includes('{{') ? null : filled
}

const anyField = /\{\{\s*(\.[A-Za-z.]+)\s*\}\}/g

function filledIn(
  name: string,
  { serviceId, service, slot }: Owner,
  { id, hostname, os, architecture }: Node,
): string | null {
  switch (name) {
    case '.Service.ID':
      return serviceId
    case '.Service.Name':
      return service
    case '.Node.ID':
      return id
    case '.Node.Hostname':
      return hostname
    case '.Node.Platform.OS':
      return os
    case '.Node.Platform.Architecture':
      return architecture
    case '.Task.Slot':
      return slot === null ? id : String(slot)
    default:
      return null
  }
}
