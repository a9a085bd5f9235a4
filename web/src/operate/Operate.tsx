import type { Service } from '@skep/shared/contract/service'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'

const route = getRouteApi('/services/$name')

/** Fetches the code of the sheet ahead of its first use. */
export const loadSheet = async () => ({
  default: (await import('./OperateSheet.tsx')).OperateSheet,
})
const OperateSheet = lazy(loadSheet)

/** The sheet that the address asks for, over the page of a service; often none. */
export function Operate({ name, service }: { name: string; service: Service | null }) {
  const { do: kind, version = null, operation } = route.useSearch()
  const open = operation ? { operation } : kind ? { kind, version } : null
  return (
    open && (
      <Suspense fallback={null}>
        <OperateSheet name={name} service={service} open={open} />
      </Suspense>
    )
  )
}
