import { Link, type LinkProps } from '@tanstack/react-router'
import { Tooltip } from '@mantine/core'
import { useClusterIfAny } from '../cluster/queries.ts'
import { useStatus } from '../cluster/status.ts'
import { icons } from './icons.tsx'
import styles from './Rail.module.css'

const entries: { to: LinkProps['to']; label: string; icon: keyof typeof icons }[] = [
  { to: '/', label: 'Now', icon: 'now' },
  { to: '/services', label: 'Services', icon: 'services' },
  { to: '/nodes', label: 'Nodes', icon: 'nodes' },
  { to: '/networks', label: 'Networks', icon: 'networks' },
  { to: '/stacks', label: 'Stacks', icon: 'stacks' },
]

type RailProps = { narrow: boolean; onNarrow: (narrow: boolean) => void }

/** The pages. At the side; on a narrow screen at the bottom, where thumbs are. */
export function Rail({ narrow, onNarrow }: RailProps) {
  const needs = useClusterIfAny(({ attention }) => attention.length) ?? 0
  const trusted = useStatus((status) => status.trusted)
  return (
    <nav className={styles.rail} aria-label="Pages" data-narrow={narrow || undefined}>
      <div className={styles.brand} aria-hidden="true">
        {icons.skep}
        <span className={styles.label}>Skep</span>
      </div>
      <ul className={styles.pages}>
        {entries.map(({ to, label, icon }) => (
          <li key={label}>
            <Tooltip label={label} position="right" disabled={!narrow}>
              <Link
                to={to}
                className={styles.page}
                activeOptions={{ exact: to === '/', includeSearch: false }}
                // A list does not inherit the filters of the one before.
                search={{}}
              >
                {icons[icon]}
                <span className={styles.label}>{label}</span>
                {to === '/' && needs > 0 && (
                  <span className={styles.count} data-old={!trusted || undefined}>
                    {needs}
                    <span className={styles.hidden}> that need you</span>
                  </span>
                )}
              </Link>
            </Tooltip>
          </li>
        ))}
      </ul>
      <button
        type="button"
        className={styles.fold}
        aria-expanded={!narrow}
        onClick={() => onNarrow(!narrow)}
      >
        {narrow ? icons.wide : icons.narrow}
        <span className={styles.label}>{narrow ? 'Widen the rail' : 'Narrow the rail'}</span>
      </button>
    </nav>
  )
}
