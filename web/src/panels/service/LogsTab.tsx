import { getRouteApi } from '@tanstack/react-router'
import { ServiceLogs } from '../logs/ServiceLogs.tsx'

const route = getRouteApi('/services/$name/logs')

/** What the tasks of a service say. */
export function LogsTab() {
  const { name } = route.useParams()
  return <ServiceLogs key={name} service={name} />
}
