import { useRef, useState } from 'react'

/** A list that holds still: what is shown, what has gone meanwhile, and how many wait. */
export type Still<T> = { shown: { item: T; gone: boolean }[]; waiting: number }

/**
 * The rows to show while someone is about to act on one of them. Each stays where it is,
 * with its newest content; what is new waits, and what is gone stays as such. Pure.
 */
export function stillList<T extends { id: string }>(
  frozen: readonly T[] | null,
  current: readonly T[],
): Still<T> {
  if (!frozen) return { shown: current.map((item) => ({ item, gone: false })), waiting: 0 }
  const byId = new Map(current.map((item) => [item.id, item]))
  const held = new Set(frozen.map(({ id }) => id))
  return {
    shown: frozen.map((item) => {
      const now = byId.get(item.id)
      return { item: now ?? item, gone: !now }
    }),
    waiting: current.filter(({ id }) => !held.has(id)).length,
  }
}

/** Holds a list still while the pointer or the focus is in it. */
export function useStill<T extends { id: string }>(current: readonly T[]) {
  const [frozen, setFrozen] = useState<readonly T[] | null>(null)
  const inside = useRef({ pointer: false, focus: false })

  const turn = (what: 'pointer' | 'focus', is: boolean) => {
    inside.current[what] = is
    const held = inside.current.pointer || inside.current.focus
    setFrozen((before) => (held ? (before ?? current) : null))
  }
  return {
    ...stillList(frozen, current),
    /** Takes in what waits, and goes on holding from there. */
    takeIn: () => setFrozen(current),
    handlers: {
      onPointerEnter: () => turn('pointer', true),
      onPointerLeave: () => turn('pointer', false),
      onFocus: () => turn('focus', true),
      onBlur: (event: { currentTarget: Element; relatedTarget: EventTarget | null }) => {
        const to = event.relatedTarget
        if (!(to instanceof Node && event.currentTarget.contains(to))) turn('focus', false)
      },
    },
  }
}
