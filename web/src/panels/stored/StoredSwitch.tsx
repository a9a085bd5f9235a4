import { Link } from '@tanstack/react-router'
import { PageSwitch } from '../../ui/PageSwitch.tsx'
import { useAhead } from '../../ui/use-ahead.ts'

const anyFilter = { activeOptions: { exact: true, includeSearch: false } } as const

/** From secrets to configs and back: the same page, of another kind. */
export function StoredSwitch() {
  const fetchAhead = useAhead()
  return (
    <PageSwitch label="Secrets and configs">
      <Link to="/secrets" {...anyFilter} onPointerDown={() => fetchAhead('/secrets')}>
        Secrets
      </Link>
      <Link to="/configs" {...anyFilter} onPointerDown={() => fetchAhead('/configs')}>
        Configs
      </Link>
    </PageSwitch>
  )
}
