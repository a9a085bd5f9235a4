import type { Stored } from '@skep/shared/contract/stored'
import { Ago } from '../../ui/Ago.tsx'
import { Fact, Facts } from '../../ui/Facts.tsx'
import { Identifier } from '../../ui/Identifier.tsx'
import { bytes } from '../../ui/units.ts'
import { StackLink } from '../inventory/StackLink.tsx'

/** What the swarm knows of it; of a secret's value that is nothing. */
export function StoredFacts({ stored }: { stored: Stored }) {
  const { kind, family, version, newest, stack, driver, templating } = stored
  return (
    <Facts>
      <Fact name="Family">{family}</Fact>
      <Fact name="Version">
        {version ?? 'none in its name'}
        {newest ? ', the newest' : ', not the newest'}
      </Fact>
      <Fact name="Created">
        <Ago at={stored.createdAt} as="past" />
      </Fact>
      <Fact name="Last changed">
        {stored.updatedAt !== stored.createdAt && <Ago at={stored.updatedAt} as="past" />}
      </Fact>
      <Fact name="Size">
        {kind === 'secret'
          ? 'not known: the swarm tells nobody'
          : stored.bytes !== null && bytes(stored.bytes)}
      </Fact>
      <Fact name="Stack">{stack && <StackLink stack={stack} />}</Fact>
      <Fact name="Driver">{driver}</Fact>
      <Fact name="Templating">{templating}</Fact>
      <Fact name="Identifier">
        <Identifier id={stored.id} />
      </Fact>
    </Facts>
  )
}
