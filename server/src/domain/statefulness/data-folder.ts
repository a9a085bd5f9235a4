import { folderHints } from './data-folder-hints.ts'
import type { KnownImage } from './images.ts'
import { tidyPath } from './path-words.ts'

/** Where a product was told to keep its data. */
type DataFolder = {
  /** The word of the command, or the variable, that tells; empty: nothing does, and should. */
  readonly sign: string
  /** Tidy; null: it cannot be seen. */
  readonly path: string | null
}

/** What of a service's spec tells of it. */
type Asked = {
  readonly command: readonly string[]
  readonly environment: readonly string[]
  readonly environmentIn: Readonly<Record<string, string>>
}

/**
 * The folder that a service names for its product's data; null: none, and the product keeps
 * it where it always does. What a command names counts before what a variable does. Of a
 * variable no more is known than the mount that its value is in, if it is in one.
 */
export function dataFolder(
  { name }: Pick<KnownImage, 'name'>,
  { command, environment, environmentIn }: Asked,
): DataFolder | null {
  const hints = folderHints.get(name)
  if (!hints) return null
  const flag = hints.flag?.exec(command.join(' '))
  if (flag) return { sign: flag[0].trim(), path: plainPath(flag[1] ?? '') }
  const sign = environment.find((name) => hints.variable?.test(name))
  if (sign === undefined) return hints.mustBeTold ? { sign: '', path: null } : null
  const target = Object.hasOwn(environmentIn, sign) ? environmentIn[sign] : undefined
  return { sign, path: target === undefined ? null : tidyPath(target) }
}

/** Null for a path that hangs on the working directory, or that a shell or a template fills in. */
function plainPath(text: string): string | null {
  const path = text.replaceAll(/^["']+|["';,]+$/g, '')
  return /^\/[^${}*?`]*$/.test(path) ? tidyPath(path) : null
}
