import type { Service, UpdateState } from '@skep/shared/contract/service'
import { Ago } from '../../ui/Ago.tsx'
import { Fact, Facts } from '../../ui/Facts.tsx'
import { Quote } from '../../ui/Quote.tsx'

const states: Record<UpdateState, string> = {
  updating: 'Under way',
  completed: 'Completed',
  paused: 'Paused',
  rollback_started: 'Rolling back',
  rollback_completed: 'Rolled back',
  rollback_paused: 'Rollback paused',
}

/** The last update as the swarm recorded it. */
export function LastUpdate({ service }: { service: Service }) {
  const { update, createdAt } = service
  return (
    <Facts>
      <Fact name="State">
        {update ? states[update.state] : 'None since it was created'}
      </Fact>
      <Fact name="Started">
        {update?.startedAt && <Ago at={update.startedAt} as="past" />}
      </Fact>
      <Fact name="Ended">
        {update?.completedAt && <Ago at={update.completedAt} as="past" />}
      </Fact>
      <Fact name="The swarm says">
        {update?.message && <Quote>{update.message}</Quote>}
      </Fact>
      <Fact name="Created">
        <Ago at={createdAt} as="past" />
      </Fact>
    </Facts>
  )
}
