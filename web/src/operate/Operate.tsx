import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import type { Opened } from './OperateSheet.tsx'

const serviceRoute = getRouteApi('/services/$name')
const nodeRoute = getRouteApi('/nodes/$name')

/** Fetches the code of the sheet ahead of its first use. */
export const loadSheet = async () => ({
  default: (await import('./OperateSheet.tsx')).OperateSheet,
})
const OperateSheet = lazy(loadSheet)

/** The sheet that the address asks for, over the page of a service; often none. */
export function OperateService({ name }: { name: string }) {
  const { do: kind, version = null, replicas = null, operation } = serviceRoute.useSearch()
  if (operation) return <Open name={name} what={{ operation }} />
  const target = kind && ({ subject: 'service', name, kind } as const)
  return target && <Open name={name} what={{ target, version, replicas }} />
}

/** The same over the page of a node, where services are scaled too: they go first. */
export function OperateNode({ name }: { name: string }) {
  const { do: kind, scale, replicas = null, operation } = nodeRoute.useSearch()
  if (operation) return <Open name={name} what={{ operation }} />
  const target = scale
    ? ({ subject: 'service', name: scale, kind: 'scale' } as const)
    : kind && ({ subject: 'node', name, kind } as const)
  return target && <Open name={name} what={{ target, version: null, replicas }} />
}

const Open = ({ name, what }: { name: string; what: Opened }) => (
  <Suspense fallback={null}>
    <OperateSheet name={name} open={what} />
  </Suspense>
)
