import { z } from 'zod'

/** What lies open over a page of secrets or configs. To prune is asked of a family. */
export type StoredOpen =
  | { what: 'create' }
  | { what: 'remove' | 'rotate' | 'prune'; name: string }

/** What an address may ask to open. */
export const StoredDo = z.enum(['create', 'remove', 'rotate', 'prune'])
export type StoredDo = z.infer<typeof StoredDo>

/**
 * What an address opens: on the page of one thing that, or its family; on the list a new
 * one, or the family that it names. Null for what makes no sense there.
 */
export function storedOpen(
  asked: StoredDo | undefined,
  { name, family }: { name: string | null; family: string | null },
): StoredOpen | null {
  switch (asked) {
    case undefined:
      return null
    case 'create':
      return { what: 'create' }
    case 'prune':
      return family === null ? null : { what: 'prune', name: family }
    case 'remove':
    case 'rotate':
      return name === null ? null : { what: asked, name }
  }
}
