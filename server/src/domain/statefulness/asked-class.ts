import { StateClass } from '@skep/shared/contract/stateful'
import type { Service } from '../state.ts'

export const stateLabel = 'skep.state'

/** What the operator's label says: a class, a word that is none, or nothing. */
export function askedClass({ spec: { labels } }: Service): StateClass | 'nonsense' | null {
  const word = Object.hasOwn(labels, stateLabel) ? labels[stateLabel] : undefined
  if (word === undefined) return null
  const asked = StateClass.safeParse(word.trim().toLowerCase())
  return asked.success ? asked.data : 'nonsense'
}

/** Whether the operator says that it has something to lose, or may have. */
export function isSaidToKeep(service: Service): boolean {
  switch (askedClass(service)) {
    case 'durable-single':
    case 'durable-clustered':
    case 'replicas-on-local':
    case 'unknown':
      return true
    case 'stateless':
    case 'soft':
    case 'external':
    case 'nonsense':
    case null:
      return false
  }
}
