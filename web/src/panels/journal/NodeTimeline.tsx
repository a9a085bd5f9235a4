import { useMemo } from 'react'
import { useNode, useServices } from '../../cluster/queries.ts'
import { Section } from '../../ui/Section.tsx'
import { JournalList } from './JournalList.tsx'
import { useJournal } from './use-journal.ts'

/** What happened on a node and to it: its own changes, and those of tasks that it holds. */
export function NodeTimeline({ name }: { name: string }) {
  const node = useNode(name)
  const services = useServices()
  // A task that fails and comes back here need not change the node.
  const basis = useMemo(() => ({ node, services }), [node, services])
  const journal = useJournal({ filter: { node: name }, limit: 20, basis })
  return (
    <Section title="Timeline">
      <JournalList
        journal={journal}
        label={`Timeline of ${name}`}
        what={name}
        about={{ kind: 'node', name }}
        onClear={null}
      />
    </Section>
  )
}
