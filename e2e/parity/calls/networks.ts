import type { Session } from '../session.ts'
import { serviceSpec } from '../specs.ts'
import { filtered } from '../wire.ts'

export async function networks(session: Session): Promise<void> {
  const overlay = { Name: 'net-a', Driver: 'overlay' }
  const say = (name: string, method: string, path: string, body?: unknown) =>
    session.say(`network ${name}`, method, `/networks${path}`, body)
  const bare = ['ingress', 'docker_gwbridge']
  for (const name of bare) await say(`inspect, ${name}`, 'GET', `/${name}`)
  await say('create', 'POST', '/create', overlay)
  await say('create, name taken', 'POST', '/create', overlay)
  await say('create, no name', 'POST', '/create', { Driver: 'overlay' })
  await say('create, unknown driver', 'POST', '/create', { Name: 'net-b', Driver: 'nope' })
  await say('create, second ingress', 'POST', '/create', {
    Name: 'net-b',
    Driver: 'overlay',
    Ingress: true,
  })
  await say('create, bad subnet', 'POST', '/create', {
    Name: 'net-b',
    Driver: 'overlay',
    IPAM: { Config: [{ Subnet: 'nonsense' }] },
  })
  await say('create, all told', 'POST', '/create', {
    Name: 'net-c',
    Driver: 'overlay',
    Attachable: true,
    Internal: true,
    Labels: { a: 'b' },
    Options: { encrypted: '' },
    IPAM: { Driver: 'default', Config: [{ Subnet: '10.77.0.0/24', Gateway: '10.77.0.1' }] },
  })
  for (const name of ['net-a', 'net-c']) {
    await session.until(`${name} to have its addresses`, async () =>
      JSON.stringify(await session.need('GET', `/networks/${name}`)).includes('Subnet'),
    )
  }
  await say('inspect', 'GET', '/net-a')
  await say('inspect, all told', 'GET', '/net-c')
  await say('inspect, verbose', 'GET', '/net-a?verbose=true')
  await say('inspect, of a scope', 'GET', '/net-a?scope=swarm')
  await say('inspect, of another scope', 'GET', '/net-a?scope=local')
  await say('inspect, no such', 'GET', '/nope')
  await say('list, of the swarm', 'GET', filtered('', { name: ['net-a'] }))
  const filters: Record<string, object> = {
    name: { name: ['net-'] },
    driver: { driver: ['overlay'] },
    scope: { scope: ['swarm'] },
    label: { label: ['a=b'] },
    'type custom': { type: ['custom'], name: ['net-'] },
    'type builtin': { type: ['builtin'] },
    'type, unknown': { type: ['magic'] },
    unknown: { colour: ['red'] },
  }
  for (const [name, lists] of Object.entries(filters)) {
    const answer = await session.ask('GET', filtered('/networks', lists))
    const said = JSON.parse(`${answer.body}`)
    const lines = Array.isArray(said)
      ? said
          .map(({ Name }: { Name: string }) => Name)
          .filter(isOurs)
          .sort()
      : [session.words(JSON.stringify(said))]
    session.tell(`network list, filter ${name}`, [
      `status ${answer.status}`,
      lines.join(' '),
    ])
  }
  await session.make(
    'services',
    serviceSpec('uses-net', {
      replicas: 0,
      template: { Networks: [{ Target: 'net-a', Aliases: ['alias'] }] },
    }),
  )
  await session.until('an address', async () =>
    JSON.stringify(await session.need('GET', '/services/uses-net')).includes('VirtualIPs'),
  )
  await session.say('service inspect, on a network', 'GET', '/services/uses-net')
  await say('remove, in use', 'DELETE', '/net-a')
  await session.ask('DELETE', '/services/uses-net')
  const worker = session.at('w1')
  for (const name of ['net-a', 'ingress']) {
    const path = `/networks/${name}`
    await worker.say(`network inspect, ${name}, at a worker`, 'GET', path)
    await worker.say(`network remove, ${name}, at a worker`, 'DELETE', path)
  }
  await session.make('services', {
    ...serviceSpec('uses-ingress', { replicas: 0 }),
    EndpointSpec: { Ports: [{ TargetPort: 80 }] },
  })
  await say('remove, ingress, which services depend on', 'DELETE', '/ingress')
  await session.ask('DELETE', '/services/uses-ingress')
  await say('remove, a built-in one', 'DELETE', '/bridge')
  await say('remove', 'DELETE', '/net-a')
  await say('remove, twice', 'DELETE', '/net-a')
  await say('remove, no such', 'DELETE', '/nope')
  await session.ask('DELETE', '/networks/net-c')
}

/** Others make networks as well while this is asked. */
const isOurs = (name: string) =>
  ['ingress', 'docker_gwbridge', 'bridge', 'host', 'none'].includes(name) ||
  name.startsWith('net-')

export async function volumes(session: Session): Promise<void> {
  const say = (name: string, method: string, path: string, body?: unknown) =>
    session.say(`volume ${name}`, method, `/volumes${path}`, body)
  await say('create', 'POST', '/create', { Name: 'vol-a', Labels: { a: 'b' } })
  await say('create, again', 'POST', '/create', { Name: 'vol-a' })
  await say('create, without a name', 'POST', '/create', { Labels: { parity: 'yes' } })
  await say('create, bad name', 'POST', '/create', { Name: 'no spaces!' })
  await say('create, unknown driver', 'POST', '/create', { Name: 'vol-b', Driver: 'nope' })
  await say('create, body cut short', 'POST', '/create', '{"Na')
  await say('list', 'GET', filtered('', { name: ['vol-a'] }))
  await say('list, filter unknown', 'GET', filtered('', { colour: ['red'] }))
  await say('list, filter label', 'GET', filtered('', { label: ['a=b'] }))
  await say('inspect', 'GET', '/vol-a')
  await say('inspect, no such', 'GET', '/nope')
  await say('remove', 'DELETE', '/vol-a')
  await say('remove, twice', 'DELETE', '/vol-a')
  const rest = (await session.need('GET', filtered('/volumes', { label: ['parity'] }))) as {
    Volumes: { Name: string }[] | null
  }
  for (const { Name } of rest.Volumes ?? []) await session.ask('DELETE', `/volumes/${Name}`)
}
