import { useService } from '../../cluster/queries.ts'
import { StateBadge } from './StateBadge.tsx'

/** The badge of a service that is known by its name alone. */
export const ServiceState = ({ service }: { service: string }) => (
  <StateBadge state={useService(service)?.state ?? null} />
)
