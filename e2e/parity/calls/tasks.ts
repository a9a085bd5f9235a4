import type { Session } from '../session.ts'
import { image, serviceSpec } from '../specs.ts'
import { filtered } from '../wire.ts'

export type Task = {
  ID: string
  ServiceID: string
  NodeID?: string
  Slot?: number
  DesiredState: string
  Status: { State: string }
}

/** Tasks at rest, and the ways of asking for some of them. */
export async function tasks(session: Session): Promise<void> {
  const spec = serviceSpec('asked', {
    replicas: 2,
    Labels: { asked: 'yes' },
    UpdateConfig: { Parallelism: 1, Monitor: 500e6, Delay: 60e9 },
    container: { Labels: { inner: 'yes' } },
  })
  const id = await session.make('services', spec)
  const ofService = (extra: object = {}) => filtered('/tasks', { service: [id], ...extra })
  const list = async (extra: object = {}) =>
    (await session.need('GET', ofService(extra))) as Task[]
  const running = async () =>
    (await list()).filter(({ Status }) => Status.State === 'running').length === 2
  await session.until('two tasks to run', running)
  await session.say('task list', 'GET', ofService())
  const task = (await list()).find(({ Slot }) => Slot === 1)
  if (!task) throw new Error('there is no task')
  await session.say('task inspect', 'GET', `/tasks/${task.ID}`)
  await session.say(
    'task inspect, by the beginning of its id',
    'GET',
    `/tasks/${task.ID.slice(0, 12)}`,
  )
  await session.say('task inspect, no such', 'GET', '/tasks/nope')
  await session.say('task remove', 'DELETE', `/tasks/${task.ID}`)

  // The first slot is updated, and the second has to wait for longer than this takes.
  await session.change<{ ID: string; Version: { Index: number } }>(
    `/services/${id}`,
    () => ({
      ...spec,
      TaskTemplate: {
        ...spec.TaskTemplate,
        ContainerSpec: {
          ...spec.TaskTemplate.ContainerSpec,
          Image: image('idle', 'v1'),
          Env: ['B=1'],
        },
      },
    }),
  )
  await session.until('one task to be shut down', async () => {
    const all = await list()
    return (
      all.filter(({ Status }) => Status.State === 'running').length === 2 &&
      all.some(({ Status }) => Status.State === 'shutdown')
    )
  })
  await session.say('task list, amid an update', 'GET', ofService())
  const service = { service: [id] }
  const filters: Record<string, object> = {
    service,
    'service, by name': { service: ['asked'] },
    'service, unknown': { service: ['nope'] },
    'service, a map': { service: { [id]: true } },
    node: { ...service, node: [task.NodeID] },
    'node, unknown': { node: ['nope'] },
    'node, by name and of another service': { service: ['nope'], node: ['w1'] },
    'desired-state running': { ...service, 'desired-state': ['running'] },
    'desired-state shutdown': { ...service, 'desired-state': ['shutdown'] },
    'desired-state accepted': { ...service, 'desired-state': ['accepted'] },
    'desired-state, two': { ...service, 'desired-state': ['running', 'shutdown'] },
    'desired-state, unknown': { ...service, 'desired-state': ['magic'] },
    'desired-state, in capitals': { ...service, 'desired-state': ['RUNNING'] },
    '_up-to-date': { ...service, '_up-to-date': ['true'] },
    '_up-to-date, and running': {
      ...service,
      '_up-to-date': ['true'],
      'desired-state': ['running'],
    },
    '_up-to-date, no': { ...service, '_up-to-date': ['false'] },
    '_up-to-date, a map': { ...service, '_up-to-date': { true: true } },
    name: { name: ['asked'] },
    'name of a slot': { name: ['asked.1'] },
    'name, unknown': { name: ['nope'] },
    id: { id: [task.ID] },
    'id, its beginning': { id: [task.ID.slice(0, 10)] },
    'label of the service': { ...service, label: ['asked'] },
    'label of the container': { ...service, label: ['inner'] },
    runtime: { ...service, runtime: ['container'] },
    unknown: { colour: ['red'] },
    'no list': { service: 'asked' },
    status: { ...service, status: ['running'] },
  }
  for (const [name, lists] of Object.entries(filters)) {
    const answer = await session.ask('GET', filtered('/tasks', lists))
    const said = JSON.parse(`${answer.body}`)
    const lines = Array.isArray(said)
      ? said
          .map(({ DesiredState, Status }: Task) => `${DesiredState} ${Status.State}`)
          .sort()
      : [session.words(JSON.stringify(said))]
    // Which of the two slots comes first, and which nodes they are on, is chance.
    const isChance = /^(?:node|name of a slot|id.*)$/.test(name)
    const told = isChance ? [`some: ${lines.length > 0}`] : [lines.join(', ')]
    session.tell(`task list, filter ${name}`, [`status ${answer.status}`, ...told])
  }
  await session.say('task list, filters no JSON', 'GET', '/tasks?filters=nonsense')
  await session.ask('DELETE', `/services/${id}`)
}
