import { useEffect, useState, useSyncExternalStore } from 'react'
import { useStatus } from '../../cluster/status.ts'
import { followLog } from './log-feed.ts'

type Feed = ReturnType<typeof followLog>

const nothing = () => () => {}

/** The log of a service while this is mounted; null before it began. */
export function useLog(service: string) {
  const [feed, setFeed] = useState<Feed | null>(null)
  useEffect(() => {
    const mine = followLog(service)
    setFeed(mine)
    return () => mine.stop()
  }, [service])

  // A cable that was cut closes nothing: the stream of the cluster notices, and tells.
  const isCut = useStatus(({ link }) => link.state === 'lost' && link.hop === 'console')
  useEffect(() => {
    if (isCut) feed?.lose()
  }, [feed, isCut])

  const facts = useSyncExternalStore(
    feed?.facts.subscribe ?? nothing,
    () => feed?.facts.get() ?? null,
  )
  return facts && feed ? { facts, retry: feed.connect } : null
}
