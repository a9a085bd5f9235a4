import { isWithin, tidyPath } from '../domain/statefulness/path-words.ts'

/*
 * The little that is told of values which stay behind: nothing here hands on a text that is
 * not written elsewhere in the spec, apart from the names of template fields.
 */

const noPaths: Readonly<Record<string, string>> = {}

/**
 * Of the variables whose value is a path in a mount: the target of that mount, the deepest
 * where they lie in each other.
 * @param entries as the engine has them, `NAME=value`
 */
export function environmentIn(
  entries: readonly string[],
  mounts: readonly { readonly Target: string }[],
): Readonly<Record<string, string>> {
  if (mounts.length === 0) return noPaths
  const found = entries.flatMap((entry): [string, string][] => {
    const at = entry.indexOf('=')
    if (at < 0 || entry[at + 1] !== '/' || entry.includes('..')) return []
    const value = tidyPath(entry.slice(at + 1))
    const [deepest] = mounts
      .filter(({ Target }) => isWithin(value, tidyPath(Target)))
      .toSorted((a, b) => b.Target.length - a.Target.length)
    return deepest ? [[entry.slice(0, at), deepest.Target]] : []
  })
  return found.length > 0 ? Object.fromEntries(found) : noPaths
}

const noFields: readonly string[] = []

/**
 * The template fields in the options of a volume's driver, which the node fills in as it does
 * those of the source. The device is left out: it is known as it is written.
 * @see moby/swarmkit template/expand.go, expandMounts
 */
export function optionFields({
  device: _,
  ...options
}: Readonly<Record<string, string>>): readonly string[] {
  const fields = Object.values(options).flatMap((value) =>
    (value.match(/\{\{[^{}]*\}\}/g) ?? []).flatMap((template) => {
      const field = /\.(?:Node|Task|Service)\.[A-Za-z]+/.exec(template)?.[0]
      return field ? `{{${field}}}` : []
    }),
  )
  return fields.length > 0 ? fields : noFields
}
