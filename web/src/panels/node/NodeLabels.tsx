import type { Node } from '@skep/shared/contract/node'
import type { LabelUse } from '@skep/shared/contract/placement'
import type { Service } from '@skep/shared/contract/service'
import { useLabelUses } from '../../cluster/details.ts'
import { useCluster } from '../../cluster/queries.ts'
import { Section } from '../../ui/Section.tsx'
import { Labels } from './Labels.tsx'

/** The labels of a node and of its engine, with the constraints that ask for them. */
export function NodeLabels({ node }: { node: Node }) {
  const asked = useCluster(({ services }) => specsOf(services))
  const { data } = useLabelUses(node.name, `${node.updatedAt} ${asked}`)
  const usesOf = (of: LabelUse['of']) => data?.uses.filter((use) => use.of === of) ?? []
  return (
    <>
      <Section
        title="Labels"
        note="Placement constraints can ask for these, as node.labels."
      >
        <Labels labels={node.labels} uses={usesOf('node')} none="No labels." />
      </Section>
      <Section
        title="Engine labels"
        note="Set on the machine itself; constraints see them as engine.labels."
      >
        <Labels
          labels={node.engineLabels}
          uses={usesOf('engine')}
          none="No engine labels."
        />
      </Section>
    </>
  )
}

/** Another text whenever some service is asked for something else, or comes or goes. */
function specsOf(services: Record<string, Service>): string {
  const all = Object.values(services)
  let newest = ''
  for (const { updatedAt } of all) if (updatedAt > newest) newest = updatedAt
  return `${all.length} ${newest}`
}
