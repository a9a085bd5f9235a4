import type { Session, Versioned } from '../session.ts'
import { image, serviceSpec } from '../specs.ts'
import { filtered } from '../wire.ts'

type Service = Versioned & { Spec: { Name: string } }

/** Updates and removals, good and bad, of a service that runs nothing. */
export async function serviceWrites(session: Session): Promise<void> {
  const none = { replicas: 0 }
  const id = await session.make('services', serviceSpec('writes', none))
  const path = `/services/${id}`
  const version = async () => ((await session.need('GET', path)) as Service).Version.Index
  const update = async (name: string, query: string, spec: unknown) =>
    session.say(`service update, ${name}`, 'POST', `${path}/update?${query}`, spec)
  const current = async () => `version=${await version()}`

  await update('no version', '', serviceSpec('writes', none))
  await update('version no number', 'version=x', serviceSpec('writes', none))
  await update('old version', 'version=1', serviceSpec('writes', none))
  await update('version of the future', 'version=99999999', serviceSpec('writes', none))
  await update('other name', await current(), serviceSpec('other', none))
  await update('other mode', await current(), {
    ...serviceSpec('writes'),
    Mode: { Global: {} },
  })
  await update('no image', await current(), {
    ...serviceSpec('writes', none),
    TaskTemplate: { ContainerSpec: {} },
  })
  await update('body cut short', await current(), '{"Name"')
  await update('no body', await current(), '')
  await update(
    'unknown network',
    await current(),
    serviceSpec('writes', { ...none, template: { Networks: [{ Target: 'nosuchnet' }] } }),
  )
  await update(
    'rollback that is not one',
    `${await current()}&rollback=sideways`,
    serviceSpec('writes', none),
  )
  await update(
    'rollback without a previous spec',
    `${await current()}&rollback=previous`,
    serviceSpec('writes', none),
  )
  await update(
    'registry auth of no previous spec',
    `${await current()}&registryAuthFrom=previous-spec`,
    serviceSpec('writes', none),
  )
  await update(
    'registry auth from nowhere',
    `${await current()}&registryAuthFrom=nowhere`,
    serviceSpec('writes', none),
  )
  await session.say(
    'service update, no such',
    'POST',
    '/services/nope/update?version=1',
    {},
  )

  const changed = serviceSpec('writes', {
    ...none,
    image: image('idle', 'v2'),
    Labels: { a: 'b' },
  })
  await update('new image', await current(), changed)
  await session.say('service inspect, updated', 'GET', path)
  await update('rollback', `${await current()}&rollback=previous`, changed)
  await session.until('the rollback to end', async () =>
    JSON.stringify(await session.need('GET', path)).includes('"rollback_completed"'),
  )
  await session.say('service inspect, rolled back', 'GET', path)
  await update('rollback again', `${await current()}&rollback=previous`, changed)
  await session.until('the second rollback to end', async () =>
    JSON.stringify(await session.need('GET', path)).includes('"rollback_completed"'),
  )
  await session.say('service inspect, rolled back twice', 'GET', path)
  await update('labels alone', await current(), { ...changed, Labels: { c: 'd' } })
  await session.say('service inspect, labels changed', 'GET', path)

  await session.say('service inspect, no such', 'GET', '/services/nope')
  await session.say('service inspect, by name', 'GET', '/services/writes')
  await session.say(
    'service inspect, by the beginning of its id',
    'GET',
    `/services/${id.slice(0, 12)}`,
  )
  await session.say('service remove', 'DELETE', path)
  await session.say('service remove, twice', 'DELETE', path)
  await session.say('service update, removed', 'POST', `${path}/update?version=1`, changed)
}

/** Lists of services, by all filters that there are. */
export async function serviceLists(session: Session): Promise<void> {
  const unplaced = { template: { Placement: { Constraints: ['node.hostname==nowhere'] } } }
  const id = await session.make(
    'services',
    serviceSpec('lists-a', { ...unplaced, replicas: 2, Labels: { list: 'a', both: '1' } }),
  )
  await session.make(
    'services',
    serviceSpec('lists-b', { ...unplaced, Labels: { list: 'b' }, Mode: { Global: {} } }),
  )
  await session.until('its tasks', async () => {
    const path = filtered('/services?status=true', { name: ['lists-a'] })
    return JSON.stringify(await session.need('GET', path)).includes('"DesiredTasks":2')
  })
  await session.say('service list', 'GET', filtered('/services', { label: ['list'] }))
  await session.say(
    'service list, with status',
    'GET',
    filtered('/services?status=true', { label: ['list'] }),
  )
  const filters: Record<string, object> = {
    name: { name: ['lists-'] },
    'name, exact': { name: ['lists-a'] },
    'name, a map': { name: { 'lists-a': true } },
    'name, a map that says no': { name: { 'lists-a': false } },
    'name, two': { name: ['lists-a', 'lists-b'] },
    id: { id: [id] },
    'id, its beginning': { id: [id.slice(0, 8)] },
    label: { label: ['list'] },
    'label with a value': { label: ['list=a'] },
    'label, two': { label: ['list=a', 'both'] },
    'label, other': { label: ['list=z'] },
    'mode replicated': { mode: ['replicated'], label: ['list'] },
    'mode global': { mode: ['global'], label: ['list'] },
    'mode, unknown': { mode: ['magic'] },
    runtime: { runtime: ['container'], label: ['list'] },
    unknown: { colour: ['red'] },
    'no list': { name: 'lists-a' },
    'name, none': { name: ['zebra'] },
  }
  for (const [name, lists] of Object.entries(filters)) {
    const answer = await session.ask('GET', filtered('/services', lists))
    const list = JSON.parse(`${answer.body}`)
    const names = Array.isArray(list)
      ? list.map((service: Service) => service.Spec.Name).sort()
      : [session.words(JSON.stringify(list))]
    session.tell(`service list, filter ${name}`, [
      `status ${answer.status}`,
      names.join(' '),
    ])
  }
  await session.say('service list, filters no JSON', 'GET', '/services?filters=nonsense')
  await session.say('service list, filters a list', 'GET', '/services?filters=[]')
  for (const name of ['lists-a', 'lists-b'])
    await session.ask('DELETE', `/services/${name}`)
}
