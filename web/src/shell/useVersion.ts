import { useEffect } from 'react'
import { useStatus } from '../cluster/status.ts'

/** Takes a new version of the console by itself, but only while nobody looks. */
export function useVersion() {
  const version = useStatus((status) => status.newVersion)
  useEffect(() => {
    if (version === null) return
    const reloadIfHidden = () => {
      if (document.hidden) location.reload()
    }
    reloadIfHidden()
    document.addEventListener('visibilitychange', reloadIfHidden)
    return () => document.removeEventListener('visibilitychange', reloadIfHidden)
  }, [version])
}
