import type { Session, Versioned } from '../session.ts'
import { serviceSpec } from '../specs.ts'
import { filtered, jsonOf } from '../wire.ts'
import { leaderOf, managers, whole } from './members.ts'
import type { Stage } from './story.ts'

const LISTS = ['nodes', 'services', 'tasks', 'secrets', 'configs', 'swarm']

/**
 * Two of three managers lose their power, the leader among them. The third one answers
 * nothing of the swarm until another is back.
 */
export async function quorumLost({ session: first, recorder }: Stage): Promise<void> {
  const leader = await leaderOf(first)
  const [survivor = 'm2', other = 'm3'] = managers.filter((name) => name !== leader)
  const session = first.at(survivor)
  const kept = await session.make('services', serviceSpec('before-it', { replicas: 0 }))
  const { ID: node } = (await session.need('GET', '/nodes/w1')) as { ID: string }
  recorder.lookThrough(survivor)
  await session.target.cutPower(leader)
  await session.target.cutPower(other)
  await untilLost(session)

  await session.say('no quorum: ping', 'GET', '/_ping')
  await session.say('no quorum: version', 'GET', '/version')
  await session.say('no quorum: info', 'GET', '/info')
  for (const path of LISTS) await session.say(`no quorum: GET /${path}`, 'GET', `/${path}`)
  await session.say('no quorum: key', 'GET', '/swarm/unlockkey')
  await session.say('no quorum: a node', 'GET', `/nodes/${node}`)
  await session.say('no quorum: a service', 'GET', `/services/${kept}`)
  await session.say(
    'no quorum: logs of a service',
    'GET',
    `/services/${kept}/logs?stdout=1`,
  )
  await session.say('no quorum: service by an old path', 'GET', '/v1.24/services')
  const spec = (name: string) => serviceSpec(name, { replicas: 0 })
  const refused = spec('without-it')
  await session.say('no quorum: service create', 'POST', '/services/create', refused)
  await session.say(
    'no quorum: service update',
    'POST',
    `/services/${kept}/update?version=1`,
    refused,
  )
  await session.say('no quorum: service remove', 'DELETE', `/services/${kept}`)
  await session.say('no quorum: node update', 'POST', `/nodes/${node}/update?version=1`, {
    Role: 'worker',
    Availability: 'drain',
  })
  await session.say('no quorum: node remove', 'DELETE', `/nodes/${node}?force=1`)
  await session.say('no quorum: secret create', 'POST', '/secrets/create', {
    Name: 'without-it',
    Data: 'YQ==',
  })
  await session.say('no quorum: swarm update', 'POST', '/swarm/update?version=1', {
    Name: 'default',
  })
  await session.say('no quorum: swarm leave, unforced', 'POST', '/swarm/leave')
  await session.say('no quorum: overlay create', 'POST', '/networks/create', {
    Name: 'without-it',
    Driver: 'overlay',
  })
  const networks = jsonOf(await session.ask('GET', '/networks'))
  const known = Array.isArray(networks) ? networks : []
  session.tell(
    'no quorum: networks of the swarm that it still tells of',
    known.filter(({ Scope }) => Scope === 'swarm').map(({ Name }) => Name),
  )
  const containers = await session.ask('GET', '/containers/json')
  session.tell('no quorum: containers', [`status ${containers.status}`])
  await session.at('w1').say('no quorum: a worker, info', 'GET', '/info')

  await session.target.powerOn(other)
  await untilQuorate(session)
  await session.say('quorum again: info', 'GET', '/info')
  await session.say('quorum again: a service', 'GET', `/services/${kept}`)
  const found = await named(session, 'without-it')
  session.tell('quorum again: services that were refused', [`${found.length}`])
  const made = await session.say(
    'quorum again: service create',
    'POST',
    '/services/create',
    spec('after-it'),
  )
  const { ID } = jsonOf(made) as { ID?: string }
  await session.target.powerOn(leader)
  await whole(session)
  for (const id of [kept, ID]) await session.ask('DELETE', `/services/${id}`)
}

/**
 * The leader is left alone. It answers from memory until it notices, and then refuses what it
 * was told to write. It does it all the same, once it leads again.
 */
export async function leaderAlone({ session: first, recorder }: Stage): Promise<void> {
  const leader = await leaderOf(first)
  const [one = 'm2', other = 'm3'] = managers.filter((name) => name !== leader)
  const session = first.at(leader)
  recorder.lookThrough(leader)
  for (const name of [one, other]) await session.target.cutPower(name)
  const stale = await session.ask('GET', '/services')
  session.tell('a leader alone: services, at once', [`status ${stale.status}`])
  await session.say(
    'a leader alone: service create, at once',
    'POST',
    '/services/create',
    serviceSpec('written-alone', { replicas: 0 }),
  )
  await untilLost(session)
  await session.say('a leader alone, then: info', 'GET', '/info')
  await session.say('a leader alone, then: services', 'GET', '/services')
  // What it wrote is in its log: of two, only the one with the longer log can lead.
  await session.target.powerOn(one)
  // Whether it carries out then what it refused is not told: engines do, and do not.
  await untilQuorate(session)
  await session.target.powerOn(other)
  await whole(session)
  for (const { ID } of await named(session, 'written-alone'))
    await session.ask('DELETE', `/services/${ID}`)
}

/** Until then calls hang, and time out. */
async function untilLost(session: Session): Promise<void> {
  await session.until(
    'it to miss a leader',
    async () => `${(await session.ask('GET', '/nodes')).body}`.includes('have a leader'),
    60_000,
  )
}

async function untilQuorate(session: Session): Promise<void> {
  await session.until(
    'a quorum',
    async () => (await session.ask('GET', '/nodes')).status === 200,
    70_000,
  )
}

const named = async (session: Session, name: string) =>
  (await session.need('GET', filtered('/services', { name: [name] }))) as Versioned[]
