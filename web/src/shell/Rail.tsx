import { Tooltip } from '@mantine/core'
import { Link, linkOptions, useLocation } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { needsYou } from '../cluster/needs.ts'
import { useClusterIfAny } from '../cluster/queries.ts'
import { useStatus } from '../cluster/status.ts'
import { useAhead } from '../ui/use-ahead.ts'
import { icons } from './icons.tsx'
import styles from './Rail.module.css'

const links = linkOptions([
  { to: '/' },
  { to: '/services' },
  { to: '/nodes' },
  { to: '/stateful' },
  { to: '/secrets' },
  { to: '/networks' },
  { to: '/volumes' },
  { to: '/stacks' },
  { to: '/journal' },
])

const faces = {
  '/': { label: 'Now', icon: icons.now },
  '/services': { label: 'Services', icon: icons.services },
  '/nodes': { label: 'Nodes', icon: icons.nodes },
  '/stateful': { label: 'Stateful', icon: icons.stateful },
  '/secrets': { label: 'Secrets', icon: icons.secrets },
  '/volumes': { label: 'Volumes', icon: icons.volumes },
  '/networks': { label: 'Networks', icon: icons.networks },
  '/stacks': { label: 'Stacks', icon: icons.stacks },
  '/journal': { label: 'Journal', icon: icons.journal },
} as const

/** A phone has room for seven; the page of networks leads to these. */
const wideOnly: ReadonlySet<string> = new Set(['/volumes', '/stacks'])

type NamedProps = { label: string; shown: boolean; children: ReactElement }

/** The name beside an icon that stands alone: nine that say nothing cost a page its speed. */
const Named = ({ label, shown, children }: NamedProps) =>
  shown ? (
    <Tooltip label={label} position="right">
      {children}
    </Tooltip>
  ) : (
    children
  )

type RailProps = { narrow: boolean; onNarrow: (narrow: boolean) => void }

/** The pages. At the side; on a narrow screen at the bottom, where thumbs are. */
export function Rail({ narrow, onNarrow }: RailProps) {
  const needs = useClusterIfAny(needsYou) ?? 0
  // Pages that one gets to from the list of secrets, whatever their address.
  const isStored = useLocation({
    select: ({ pathname }) => /^\/(configs|rotations)(\/|$)/.test(pathname),
  })
  const fetchAhead = useAhead()
  const trusted = useStatus((status) => status.trusted)
  return (
    <nav className={styles.rail} aria-label="Pages" data-narrow={narrow || undefined}>
      <div className={styles.brand} aria-hidden="true">
        {icons.skep}
        <span className={styles.label}>Skep</span>
      </div>
      <ul className={styles.pages}>
        {links.map((link) => (
          <li key={link.to} data-wide-only={wideOnly.has(link.to) || undefined}>
            <Named label={faces[link.to].label} shown={narrow}>
              <Link
                {...link}
                className={styles.page}
                onPointerDown={() => fetchAhead(link.to)}
                {...(link.to === '/secrets' && isStored && { 'aria-current': 'page' })}
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
            </Named>
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
