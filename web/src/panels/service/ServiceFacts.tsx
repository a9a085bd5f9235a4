import type { Service } from '@skep/shared/contract/service'
import { Fact, Facts } from '../../ui/Facts.tsx'
import { Identifier } from '../../ui/Identifier.tsx'
import { ImageRef } from '../../ui/ImageRef.tsx'
import { StackLink } from '../inventory/StackLink.tsx'
import { modeWords, portWords, runningOf } from './service-words.ts'

/** What a service is, as far as the snapshot tells; the spec tab has the rest. */
export function ServiceFacts({ service }: { service: Service }) {
  const { image, mode, ports, networks, stack, hasHealthCheck, recentFailures } = service
  return (
    <Facts>
      <Fact name="Image">
        <ImageRef reference={image} length={64} />
      </Fact>
      <Fact name="Mode">{modeWords[mode]}</Fact>
      <Fact name={mode.endsWith('job') ? 'Completed' : 'Running'}>
        {runningOf(service)}
      </Fact>
      <Fact name="On current spec">
        {service.upToDate} of {service.running} running
      </Fact>
      <Fact name="Recent failures">
        {recentFailures > 0 && `${recentFailures} seen in 10 min`}
      </Fact>
      <Fact name="Ports">
        {ports.length > 0 ? ports.map(portWords).join(', ') : 'none published'}
      </Fact>
      <Fact name="Networks">
        {networks.length > 0 ? networks.join(', ') : 'none besides the default'}
      </Fact>
      <Fact name="Stack">{stack && <StackLink stack={stack} />}</Fact>
      <Fact name="Health check">
        {hasHealthCheck ? 'in the spec' : 'none in the spec; the image may have one'}
      </Fact>
      <Fact name="Identifier">
        <Identifier id={service.id} />
      </Fact>
    </Facts>
  )
}
