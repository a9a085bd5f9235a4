import { useEffect } from 'react'
import { useStatus } from '../cluster/status.ts'

/**
 * Says on the root of the page how far it may be believed, for the marks: with
 * data-link="lost" none keeps its fill, which is so as well when the link is up and the
 * swarm behind it is not to be believed.
 */
export function useRootState() {
  const link = useStatus(({ link, known, trusted }) =>
    known && !trusted ? 'lost' : link.state,
  )
  const swarm = useStatus((status) => status.swarm?.state ?? 'connecting')
  useEffect(() => {
    document.documentElement.dataset.link = link
    document.documentElement.dataset.swarm = swarm
  }, [link, swarm])
}
