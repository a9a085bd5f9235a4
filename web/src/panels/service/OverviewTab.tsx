import type { Service, Slot } from '@skep/shared/contract/service'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useService } from '../../cluster/queries.ts'
import { Section } from '../../ui/Section.tsx'
import { Split } from '../../ui/Split.tsx'
import { ServiceTimeline } from '../journal/ServiceTimeline.tsx'
import { WhyNoNode } from '../placement/WhyNoNode.tsx'
import { RolloutPanel } from '../rollout/RolloutPanel.tsx'
import { courseOf, slotPhases } from '../slots/phase-words.ts'
import { Slots } from '../slots/Slots.tsx'
import type { SlotFilter } from '../slots/slot-filter.ts'
import { StatePanel } from '../state/StatePanel.tsx'
import { LastUpdate } from './LastUpdate.tsx'
import { ServiceFacts } from './ServiceFacts.tsx'
import { Spread } from './Spread.tsx'

const route = getRouteApi('/services/$name')

/** A service at a glance: its slots and what moves them, where they are, and what it is. */
export function OverviewTab() {
  const { name } = route.useParams()
  const service = useService(name)
  return service && <Overview service={service} />
}

function Overview({ service }: { service: Service }) {
  const navigate = useNavigate()
  const [chosen, setFilter] = useState<SlotFilter>(null)
  // Lanes go with what they were lanes of; a filter that nobody can see must not stay.
  const isOver = courseOf(service) === null && slotPhases.some((one) => one === chosen)
  const filter = isOver ? null : chosen
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
      <RolloutPanel service={service} filter={filter} onFilter={setFilter}>
        <Slots service={service} filter={filter} onFilter={setFilter} onOpen={open} />
      </RolloutPanel>
      <WhyNoNode service={service} />
      <Section title="By node">
        <Spread service={service} />
      </Section>
      <StatePanel service={service} />
      <ServiceTimeline name={service.name} />
    </Split>
  )
}
