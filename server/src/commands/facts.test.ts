import { expect, test } from 'vitest'
import { demandOf } from '../domain/placement/demand.ts'
import { anEngine } from '../mirror/engine.fixture.ts'
import { aConsole } from './console.fixture.ts'
import { gather } from './facts.ts'

const port = (PublishedPort: number) => ({
  Protocol: 'tcp',
  TargetPort: 80,
  PublishedPort,
  PublishMode: 'host' as const,
})

test('with another spec a service asks for the ports of that, not of those it has', async () => {
  const engine = anEngine()
  engine.putNode('m1')
  engine.putService('web', 1, { Endpoint: { Ports: [port(8080)] } })
  const parts = await aConsole(engine)
  const { facts } = await gather({ kind: 'rollback' }, 'web', {
    ...parts,
    history: parts.memory.history,
  })
  const { state, service, document, asService } = facts
  expect(demandOf(service, state).hostPorts).toEqual(['8080/tcp'])
  const other = { ...document, EndpointSpec: { Ports: [port(9090)] } }
  expect(demandOf(asService(other), state).hostPorts).toEqual(['9090/tcp'])
  const { EndpointSpec: _, ...without } = document
  expect(demandOf(asService(without), state).hostPorts).toEqual([])
})
