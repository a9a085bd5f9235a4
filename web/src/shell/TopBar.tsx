import { useStatus } from '../cluster/status.ts'
import { icons } from './icons.tsx'
import { LinkState } from './LinkState.tsx'
import styles from './TopBar.module.css'
import { ViewMenu, type ViewMenuProps } from './ViewMenu.tsx'

type TopBarProps = ViewMenuProps & { onSearch: () => void }

const mod = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl '

/** Which swarm, how to find something in it, and how fresh all of this is. */
export function TopBar({ onSearch, ...view }: TopBarProps) {
  return (
    <div className={styles.bar}>
      <SwarmName />
      <button
        type="button"
        className={styles.search}
        onClick={onSearch}
        aria-keyshortcuts="Control+K Meta+K"
      >
        {icons.search}
        <span className={styles.words}>Search</span>
        <span className={styles.key} aria-hidden="true">
          {mod}K
        </span>
      </button>
      <LinkState />
      <ViewMenu {...view} />
    </div>
  )
}

// A swarm has no name of its own: people know it by who leads it and where it is reached.
function SwarmName() {
  const swarm = useStatus((status) => status.swarm)
  if (!swarm) return <span className={styles.swarm} />
  const leader = swarm.state === 'live' ? swarm.leader : null
  return (
    <span className={styles.swarm}>
      <span className={styles.leader}>
        {leader ? `Swarm led by ${leader}` : 'Swarm without a known leader'}
      </span>
      <span className={styles.endpoint} title={swarm.endpoint}>
        {swarm.endpoint}
      </span>
    </span>
  )
}
