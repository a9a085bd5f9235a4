import { useLocalStorage } from '@mantine/hooks'
import { Outlet } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { factClock } from '../cluster/fact-clock.ts'
import { useSession } from '../cluster/SessionProvider.tsx'
import { useKeys } from '../palette/useKeys.ts'
import { ClockContext } from '../ui/clock.ts'
import { Announcer } from './Announcer.tsx'
import { Bars } from './Bars.tsx'
import { ClusterGate } from './ClusterGate.tsx'
import { Notice, useNotice } from './Notice.tsx'
import { Rail } from './Rail.tsx'
import styles from './Shell.module.css'
import { TopBar } from './TopBar.tsx'
import { useRail } from './use-rail.ts'
import { useCommands } from './useCommands.ts'
import { useRootState } from './useRootState.ts'
import { useRouteFocus } from './useRouteFocus.ts'
import { useSeenRows } from './useSeenRows.ts'
import { useStickyHeight } from './useStickyHeight.ts'
import { useTitle } from './useTitle.ts'
import { useVersion } from './useVersion.ts'

const loadPalette = async () => ({
  default: (await import('../palette/Palette.tsx')).Palette,
})
const Palette = lazy(loadPalette)
const KeysDialog = lazy(async () => ({
  default: (await import('../palette/KeysDialog.tsx')).KeysDialog,
}))

/** What surrounds every page: rail, top bar, the bars that tell of the link, the keys. */
export function Shell() {
  const session = useSession()
  const [clock] = useState(() => factClock(session))
  const [narrow, setNarrow] = useRail()
  const [singleKeys, setSingleKeys] = useLocalStorage({
    key: 'skep.keys',
    defaultValue: true,
    getInitialValueInEffect: false,
  })
  // Counted, so that asking again opens again; the code comes with the first request.
  const [palette, setPalette] = useState(0)
  const [keys, setKeys] = useState(false)

  const [notice, say] = useNotice()
  const openPalette = () => setPalette((times) => times + 1)
  const openKeys = () => setKeys(true)
  useKeys(singleKeys, {
    onCommand: useCommands(openKeys, say),
    onPalette: openPalette,
    onModifier: loadPalette,
  })
  useRouteFocus()
  useTitle()
  useRootState()
  useSeenRows()
  useVersion()
  const top = useStickyHeight()

  return (
    <ClockContext value={clock}>
      <div className={styles.shell} data-narrow={narrow || undefined}>
        <a href="#main" className={styles.skip}>
          Skip to the page
        </a>
        <Rail narrow={narrow} onNarrow={setNarrow} />
        <div className={styles.column}>
          <header className={styles.top} ref={top}>
            <TopBar
              onSearch={openPalette}
              onKeys={openKeys}
              singleKeys={singleKeys}
              onSingleKeys={setSingleKeys}
            />
            <Bars />
          </header>
          <main id="main" tabIndex={-1} className={styles.main}>
            <ClusterGate>
              <Outlet />
            </ClusterGate>
          </main>
        </div>
        <Announcer />
        <Notice words={notice} />
        <Suspense fallback={null}>
          {palette > 0 && <Palette request={palette} />}
          {keys && <KeysDialog onClose={() => setKeys(false)} singleKeys={singleKeys} />}
        </Suspense>
      </div>
    </ClockContext>
  )
}
