import { storedName } from '@skep/shared/contract/stored'

/** Why the engine would not take a name, in a sentence; null where it would. */
export function nameProblem(name: string, taken: (name: string) => boolean): string | null {
  if (name === '') return 'Give it a name.'
  if (name.length > 64) return `64 characters at most; this has ${name.length}.`
  if (!storedName.safeParse(name).success)
    return 'Letters and digits, with - _ and . between them.'
  return taken(name) ? 'There is one of this name. Versions need names of their own.' : null
}
