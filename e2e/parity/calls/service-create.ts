import type { Session } from '../session.ts'
import { serviceSpec } from '../specs.ts'
import { badSpecs } from './bad-specs.ts'

const ports = (...Ports: object[]) => ({ EndpointSpec: { Ports } })

/** What no engine makes a service of. */
export async function refusedServices(session: Session): Promise<void> {
  for (const [name, spec] of Object.entries(badSpecs)) {
    const answer = await session.say(
      `service create, ${name}`,
      'POST',
      '/services/create',
      spec,
    )
    if (answer.status < 300)
      await session.ask('DELETE', `/services/${JSON.parse(`${answer.body}`).ID}`)
  }
}

/** Names and ports that another service has. */
export async function takenServices(session: Session): Promise<void> {
  const ingress = { TargetPort: 80, PublishedPort: 9201, Protocol: 'tcp' }
  const create = (name: string, spec: object) =>
    session.say(`service create, ${name}`, 'POST', '/services/create', spec)
  const none = { replicas: 0 }
  await create('with a port', serviceSpec('taken', { ...none, ...ports(ingress) }))
  await create('name taken', serviceSpec('taken'))
  await session.until('its port to be allocated', async () => {
    const service = await session.need('GET', '/services/taken')
    return JSON.stringify(service).includes('VirtualIPs')
  })
  await session.say('service inspect, with a port', 'GET', '/services/taken')
  await create('port taken', serviceSpec('taken-2', { ...none, ...ports(ingress) }))
  await create(
    'port taken, on the hosts',
    serviceSpec('taken-3', { ...none, ...ports({ ...ingress, PublishMode: 'host' }) }),
  )
  await create(
    'port of another protocol',
    serviceSpec('taken-4', { ...none, ...ports({ ...ingress, Protocol: 'udp' }) }),
  )
  await create(
    'any port',
    serviceSpec('taken-5', { ...none, ...ports({ TargetPort: 80 }) }),
  )
  await session.until('any port to be allocated', async () => {
    const service = await session.need('GET', '/services/taken-5')
    return JSON.stringify(service).includes('VirtualIPs')
  })
  await session.say('service inspect, with any port', 'GET', '/services/taken-5')
  for (const name of ['taken', 'taken-4', 'taken-5'])
    await session.ask('DELETE', `/services/${name}`)
}
