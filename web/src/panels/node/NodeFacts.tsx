import type { Node } from '@skep/shared/contract/node'
import { Ago } from '../../ui/Ago.tsx'
import { Fact, Facts } from '../../ui/Facts.tsx'
import { Identifier } from '../../ui/Identifier.tsx'
import { StatusLabel } from '../../ui/StatusLabel.tsx'
import { availabilityWords, managerWord, roleWords } from './node-words.ts'

/** What a node is, as far as the swarm knows. */
export function NodeFacts({ node }: { node: Node }) {
  const manager = managerWord(node)
  return (
    <Facts>
      <Fact name="Role">{roleWords[node.role]}</Fact>
      <Fact name="As a manager">{manager && <StatusLabel {...manager} />}</Fact>
      <Fact name="Availability">{availabilityWords[node.availability]}</Fact>
      <Fact name="Address">{node.address && <code>{node.address}</code>}</Fact>
      <Fact name="Engine">{node.engineVersion}</Fact>
      <Fact name="Platform">
        {node.os}, {node.architecture}
      </Fact>
      <Fact name="Joined">
        <Ago at={node.joinedAt} as="past" />
      </Fact>
      <Fact name="Last changed">
        <Ago at={node.updatedAt} as="past" />
      </Fact>
      <Fact name="Identifier">
        <Identifier id={node.id} />
      </Fact>
    </Facts>
  )
}
