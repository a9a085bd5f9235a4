import { useEffect } from 'react'
import { useSession } from '../cluster/SessionProvider.tsx'

/**
 * A row that changed while the link was lost is outlined until the pointer, having been
 * on it, leaves it. Rows say what they are of in `data-service` or `data-node`.
 */
export function useSeenRows() {
  const session = useSession()
  useEffect(() => {
    const onPointerOut = ({ target, relatedTarget }: PointerEvent) => {
      if (!(target instanceof Element)) return
      const row = target.closest<HTMLElement>('[data-changed]')
      if (!row || (relatedTarget instanceof Element && row.contains(relatedTarget))) return
      const { service, node } = row.dataset
      if (service !== undefined) session.seeAway('service', service)
      if (node !== undefined) session.seeAway('node', node)
    }
    document.addEventListener('pointerout', onPointerOut)
    return () => document.removeEventListener('pointerout', onPointerOut)
  }, [session])
}
