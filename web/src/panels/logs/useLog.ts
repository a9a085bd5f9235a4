import { useEffect, useState, useSyncExternalStore } from 'react'
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
  const facts = useSyncExternalStore(
    feed?.facts.subscribe ?? nothing,
    () => feed?.facts.get() ?? null,
  )
  return facts && feed ? { facts, retry: feed.connect } : null
}
