import { Link } from '@tanstack/react-router'
import { PageSwitch } from '../../ui/PageSwitch.tsx'

const anyFilter = { activeOptions: { includeSearch: false } } as const

/** The lists of an inventory: where the rail is narrow, it has room for the first only. */
export const InventorySwitch = () => (
  <PageSwitch label="Inventory">
    <Link to="/networks" {...anyFilter}>
      Networks
    </Link>
    <Link to="/volumes" {...anyFilter}>
      Volumes
    </Link>
    <Link to="/stacks" {...anyFilter}>
      Stacks
    </Link>
  </PageSwitch>
)
