import { Tooltip } from '@mantine/core'
import { Link, linkOptions } from '@tanstack/react-router'
import { useClusterIfAny } from '../cluster/queries.ts'
import { useStatus } from '../cluster/status.ts'
import { icons } from './icons.tsx'
import styles from './Rail.module.css'

const links = linkOptions([
  { to: '/' },
  { to: '/services' },
  { to: '/nodes' },
  { to: '/stateful' },
  { to: '/networks' },
  { to: '/stacks' },
  { to: '/journal' },
])

const faces = {
  '/': { label: 'Now', icon: icons.now },
  '/services': { label: 'Services', icon: icons.services },
  '/nodes': { label: 'Nodes', icon: icons.nodes },
  '/stateful': { label: 'Stateful', icon: icons.stateful },
  '/networks': { label: 'Networks', icon: icons.networks },
  '/stacks': { label: 'Stacks', icon: icons.stacks },
  '/journal': { label: 'Journal', icon: icons.journal },
} as const

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
        {links.map((link) => (
          <li key={link.to}>
            <Tooltip label={faces[link.to].label} position="right" disabled={!narrow}>
              <Link
                {...link}
                className={styles.page}
                activeOptions={{ exact: link.to === '/', includeSearch: false }}
              >
                {faces[link.to].icon}
                <span className={styles.label}>{faces[link.to].label}</span>
                {link.to === '/' && needs > 0 && (
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
        <span className={styles.label}>
          {narrow ? 'Widen the rail' : 'Narrow the rail'}
        </span>
      </button>
    </nav>
  )
}
