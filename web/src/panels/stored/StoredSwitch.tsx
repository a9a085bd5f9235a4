import { Link } from '@tanstack/react-router'
import { PageSwitch } from '../../ui/PageSwitch.tsx'

const anyFilter = { activeOptions: { exact: true, includeSearch: false } } as const

/** From secrets to configs and back: the same page, of another kind. */
export const StoredSwitch = () => (
  <PageSwitch label="Secrets and configs">
    <Link to="/secrets" {...anyFilter}>
      Secrets
    </Link>
    <Link to="/configs" {...anyFilter}>
      Configs
    </Link>
  </PageSwitch>
)
