import type { Service, Slot } from '@skep/shared/contract/service'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useService } from '../../cluster/queries.ts'
import { Section } from '../../ui/Section.tsx'
import { Split } from '../../ui/Split.tsx'
import { Slots } from '../slots/Slots.tsx'
import { LastUpdate } from './LastUpdate.tsx'
import { ServiceFacts } from './ServiceFacts.tsx'
import { Spread } from './Spread.tsx'

const route = getRouteApi('/services/$name')

/** A service at a glance: its slots, where they are, and what it is. */
export function OverviewTab() {
  const { name } = route.useParams()
  const service = useService(name)
  return service && <Overview service={service} />
}

function Overview({ service }: { service: Service }) {
  const navigate = useNavigate()
  const open = ({ key }: Slot) =>
    void navigate({
      to: '/services/$name/tasks',
      params: { name: service.name },
      search: { slot: key },
    })
  return (
    <Split
      aside={
        <>
          <Section title="Facts">
            <ServiceFacts service={service} />
          </Section>
          <Section title="Last update">
            <LastUpdate service={service} />
          </Section>
        </>
      }
    >
      <Section title="Slots">
        <Slots service={service} onOpen={open} />
      </Section>
      <Section title="By node">
        <Spread service={service} />
      </Section>
    </Split>
  )
}
