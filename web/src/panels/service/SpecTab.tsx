import type { Service } from '@skep/shared/contract/service'
import { getRouteApi } from '@tanstack/react-router'
import { useSpec } from '../../cluster/details.ts'
import { useService } from '../../cluster/queries.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { DetailError } from './DetailError.tsx'
import { SpecSummary } from './SpecSummary.tsx'

const route = getRouteApi('/services/$name/spec')

/** What was asked of the swarm. */
export function SpecTab() {
  const { name } = route.useParams()
  const service = useService(name)
  return service && <Spec service={service} />
}

function Spec({ service }: { service: Service }) {
  const { data, error, refetch } = useSpec(service)
  return (
    <>
      {error && <DetailError error={error} onRetry={() => void refetch()} />}
      {data ? (
        <SpecSummary spec={data} />
      ) : (
        !error && <Skeleton rows={8} label="Reading the spec" />
      )}
    </>
  )
}
