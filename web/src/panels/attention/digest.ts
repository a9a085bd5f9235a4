import type { Transition } from '@skep/shared/contract/attention'

/** Transitions of one kind and subject: the newest, how many there were, and since when. */
export type Digest = { newest: Transition; count: number; first: string }

/**
 * A list of transitions, newest first, in which what happens again and again is one line:
 * a service that crashes every ten seconds must not push everything else out of sight.
 */
export function digest(transitions: readonly Transition[]): Digest[] {
  const lines = new Map<string, Digest>()
  for (const transition of transitions) {
    const { subject, tone, at } = transition
    const key = `${subject.kind} ${tone} ${subject.name}`
    const line = lines.get(key)
    lines.set(
      key,
      line
        ? { ...line, count: line.count + 1, first: at }
        : { newest: transition, count: 1, first: at },
    )
  }
  return [...lines.values()]
}
