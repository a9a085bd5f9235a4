import type { Service } from '@skep/shared/contract/service'
import { verdictWords } from '@skep/shared/vocabulary'
import { getRouteApi, Link, Outlet } from '@tanstack/react-router'
import { useState } from 'react'
import { useService } from '../cluster/queries.ts'
import { OperateService } from '../operate/Operate.tsx'
import { Gone } from '../panels/inventory/Gone.tsx'
import { ServiceHeader } from '../panels/service/ServiceHeader.tsx'
import { ServiceTabs } from '../panels/service/ServiceTabs.tsx'

const route = getRouteApi('/services/$name')

/** Is this service converged, and if not, why? */
export function ServicePage() {
  const { name } = route.useParams()
  return <NamedService key={name} name={name} />
}

function NamedService({ name }: { name: string }) {
  const service = useService(name)
  const [last, setLast] = useState(service)
  if (service && service !== last) setLast(service)
  return (
    <>
      {service ? (
        <PresentService service={service} />
      ) : (
        <GoneService name={name} last={last} />
      )}
      <OperateService name={name} />
    </>
  )
}

function GoneService({ name, last }: { name: string; last: Service | null }) {
  const lastKnown = last ? <span>Last known: {lastWords(last)}</span> : undefined
  return (
    <Gone kind="service" name={name} lastKnown={lastKnown}>
      <Link to="/services">All services</Link>
    </Gone>
  )
}

function PresentService({ service }: { service: Service }) {
  return (
    <>
      <ServiceHeader service={service} />
      <ServiceTabs name={service.name} />
      <Outlet />
    </>
  )
}

const lastWords = ({ convergence: { verdict, sentence } }: Service) =>
  `${verdictWords[verdict].label.toLowerCase()}, ${sentence}`
