import { useStatus } from '../cluster/status.ts'
import { AwayBar } from './AwayBar.tsx'
import { HoldBar } from './HoldBar.tsx'
import { LossBar } from './LossBar.tsx'
import { VersionBar } from './VersionBar.tsx'

/** What has to be known of the whole screen before any of it is read. */
export function Bars() {
  const known = useStatus((status) => status.known)
  return (
    <>
      {known && <LossBar />}
      <HoldBar />
      <AwayBar />
      <VersionBar />
    </>
  )
}
