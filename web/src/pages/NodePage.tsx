import type { Node } from '@skep/shared/contract/node'
import { nodeWords } from '@skep/shared/vocabulary'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useCluster, useNode } from '../cluster/queries.ts'
import { NodeMaintenance } from '../operate/maintenance/Maintenance.tsx'
import { NodeActions } from '../operate/NodeActions.tsx'
import { OperateNode } from '../operate/Operate.tsx'
import { Gone } from '../panels/inventory/Gone.tsx'
import { NodeTimeline } from '../panels/journal/NodeTimeline.tsx'
import { ActivatedNote } from '../panels/node/ActivatedNote.tsx'
import { Capacity } from '../panels/node/Capacity.tsx'
import { NodeFacts } from '../panels/node/NodeFacts.tsx'
import { NodeLabels } from '../panels/node/NodeLabels.tsx'
import { NodeTasks } from '../panels/node/NodeTasks.tsx'
import { pinnedSentence, roleSentence } from '../panels/node/node-words.ts'
import { pinnedOn } from '../panels/state/stateful-by-node.ts'
import { PageHeader } from '../ui/PageHeader.tsx'
import { Quote } from '../ui/Quote.tsx'
import { Section } from '../ui/Section.tsx'
import { Split } from '../ui/Split.tsx'

const route = getRouteApi('/nodes/$name')

/** Is this machine fit, and what is on it? */
export function NodePage() {
  const { name } = route.useParams()
  return <NamedNode key={name} name={name} />
}

function NamedNode({ name }: { name: string }) {
  const node = useNode(name)
  const [last, setLast] = useState(node)
  if (node && node !== last) setLast(node)
  return (
    <>
      {node ? <PresentNode node={node} /> : <GoneNode name={name} last={last} />}
      <OperateNode name={name} />
    </>
  )
}

function GoneNode({ name, last }: { name: string; last: Node | null }) {
  const lastKnown = last ? <span>Last known: {last.sentence}</span> : undefined
  return (
    <Gone kind="node" name={name} lastKnown={lastKnown}>
      <Link to="/nodes">All nodes</Link>
    </Gone>
  )
}

function PresentNode({ node }: { node: Node }) {
  const { mark, tone } = nodeWords[node.status]
  const pinned = useCluster(({ services }) => pinnedOn(services, node.name))
  return (
    <>
      <PageHeader
        subject={node.name}
        verdict={`${node.sentence}${pinnedSentence(pinned)}`}
        status={{ mark, tone }}
        actions={<NodeActions node={node} />}
      >
        <span>{roleSentence(node)}</span>
        {node.message && <Quote>{node.message}</Quote>}
      </PageHeader>
      <NodeMaintenance node={node.name} />
      <Split
        aside={
          <>
            <Section title="Facts">
              <NodeFacts node={node} />
            </Section>
            <NodeLabels node={node} />
          </>
        }
      >
        <Section
          title="Capacity"
          note="What specs reserve, which is all that the scheduler counts. What is really used it does not see."
        >
          <Capacity node={node} />
        </Section>
        <Section title="Tasks">
          <ActivatedNote node={node} />
          <NodeTasks node={node.name} />
        </Section>
        <NodeTimeline name={node.name} />
      </Split>
    </>
  )
}
