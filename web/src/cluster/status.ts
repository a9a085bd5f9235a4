import { useSyncExternalStore } from 'react'
import type { Change } from './changes.ts'
import type { Link } from './link.ts'
import { useSession } from './SessionProvider.tsx'
import { awayKey, type Status } from './session.ts'

/** A part of the tab's status; the selector should pick, not build. */
export function useStatus<T>(select: (status: Status) => T): T {
  const { status } = useSession()
  return useSyncExternalStore(status.subscribe, () => select(status.get()))
}

/** The link, judged anew every second: for what shows its age. */
export const useLink = (): Link => useStatus((status) => status.link)

/** Whether marks may keep their fill: the link is up and the swarm can be believed. */
export const useTrusted = (): boolean => useStatus((status) => status.trusted)

/** Whether the swarm was ever read, so that there is something to show. */
export const useKnown = (): boolean => useStatus((status) => status.known)

export const useHold = () => useStatus((status) => status.hold)
export const useAway = () => useStatus((status) => status.away)

/** Tells of each row whether it changed while the link was lost and was not looked at. */
export function useUnseen(): (kind: Change['kind'], name: string) => boolean {
  const away = useAway()
  if (!away) return () => false
  const unseen = new Set(
    away.changes
      .map(({ kind, name }) => awayKey(kind, name))
      .filter((key) => !away.seen.has(key)),
  )
  return (kind, name) => unseen.has(awayKey(kind, name))
}
