import { Link } from '@tanstack/react-router'
import { useService } from '../../cluster/queries.ts'
import { Section } from '../../ui/Section.tsx'
import { ShortTimeline } from './ShortTimeline.tsx'
import { useJournal } from './use-journal.ts'

/** What happened to a service lately, at a glance, and the way to all of it. */
export function ServiceTimeline({ name }: { name: string }) {
  const service = useService(name)
  const journal = useJournal({ filter: { service: name }, limit: 30, basis: service })
  return (
    <Section title="Timeline">
      <ShortTimeline journal={journal} what={name} />
      <p>
        <Link to="/services/$name/history" params={{ name }}>
          History of {name}
        </Link>
      </p>
    </Section>
  )
}
