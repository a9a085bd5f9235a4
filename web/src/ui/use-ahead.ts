import { useRouter } from '@tanstack/react-router'

/**
 * Fetches the page of an address ahead, with what it shows. A link does so by itself where a
 * pointer rests on it; a press says where it leads before it is let go, a tenth of a second
 * later. What fails then fails again, and is told, when somebody goes there.
 */
export function useAhead(): (to: string) => void {
  const router = useRouter()
  return (to) => {
    void router.preloadRoute({ to: to.split('?')[0] ?? to }).catch(() => undefined)
  }
}
