import { useKnown } from '../cluster/status.ts'
import { AwayBar } from './AwayBar.tsx'
import { HoldBar } from './HoldBar.tsx'
import { LossBar } from './LossBar.tsx'
import { SimulationBar } from './SimulationBar.tsx'
import { VersionBar } from './VersionBar.tsx'

/** What has to be known of the whole screen before any of it is read. */
export function Bars() {
  const known = useKnown()
  return (
    <>
      <SimulationBar />
      {known && <LossBar />}
      <HoldBar />
      <AwayBar />
      <VersionBar />
    </>
  )
}
