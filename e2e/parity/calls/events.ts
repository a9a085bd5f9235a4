import type { Session, Versioned } from '../session.ts'
import { base64, image, serviceSpec } from '../specs.ts'
import { filtered } from '../wire.ts'

type Event = {
  Type: string
  Action: string
  scope: string
  Actor: { Attributes: Record<string, string> }
}

/** Everything that makes an event, one after another, and what was told of it. */
export async function events(session: Session): Promise<void> {
  await session.say(
    'events, filter unknown',
    'GET',
    filtered('/events?since=1&until=1', { colour: ['red'] }),
  )
  await session.say('events, since no time', 'GET', '/events?since=yesterday&until=1')

  const since = (await engineSeconds(session)) - 1
  const heard: Event[] = []
  const leave = session.follow(filtered('/events', { scope: ['swarm'] }), (line) =>
    heard.push(JSON.parse(line)),
  )
  for (const kind of ['secrets', 'configs']) {
    const id = await session.make(kind, { Name: 'eventful', Data: base64('x') })
    await session.change<Versioned>(`/${kind}/${id}`, () => ({
      Name: 'eventful',
      Labels: { a: 'b' },
    }))
    await session.ask('DELETE', `/${kind}/${id}`)
  }
  await session.make('networks', { Name: 'eventful', Driver: 'overlay' })
  await session.until('its addresses', async () =>
    JSON.stringify(await session.need('GET', '/networks/eventful')).includes('Subnet'),
  )
  await session.ask('DELETE', '/networks/eventful')
  const UpdateConfig = { Parallelism: 0, Monitor: 100e6 }
  const spec = serviceSpec('eventful', { UpdateConfig })
  const id = await session.make('services', spec)
  const rests = (state: string) =>
    session.until(`an update to be ${state}`, async () =>
      JSON.stringify(await session.need('GET', `/services/${id}`)).includes(`"${state}"`),
    )
  await session.change<Versioned>(`/services/${id}`, () => ({
    ...spec,
    TaskTemplate: {
      ...spec.TaskTemplate,
      ContainerSpec: {
        ...spec.TaskTemplate.ContainerSpec,
        Image: image('idle', 'v1'),
        Env: ['A=1'],
      },
    },
  }))
  await rests('completed')
  await session.change<Versioned>(`/services/${id}`, () => ({
    ...serviceSpec('eventful', { image: image('web'), replicas: 0 }),
    UpdateConfig,
  }))
  await session.ask('DELETE', `/services/${id}`)
  await session.until('its removal to be told', async () => {
    const last = heard.findLast(isOurs)
    return last?.Type === 'service' && last.Action === 'remove'
  })
  leave()
  session.tell('events, as they happen', told(session, heard.filter(isOurs)))
  const until = await engineSeconds(session)
  const again = await session.ask(
    'GET',
    filtered(`/events?since=${since}&until=${until}`, { scope: ['swarm'] }),
  )
  session.tell('events, told again', told(session, eventsIn(again.body).filter(isOurs)))
  const some = await session.ask(
    'GET',
    filtered(`/events?since=${since}&until=${until}`, {
      scope: ['swarm'],
      service: ['eventful'],
    }),
  )
  session.tell('events, of a service', told(session, eventsIn(some.body)))
  const kinds = await session.ask(
    'GET',
    filtered(`/events?since=${since}&until=${until}`, {
      type: ['secret'],
      event: ['create'],
    }),
  )
  session.tell('events, of a type', told(session, eventsIn(kinds.body).filter(isOurs)))
  session.tell('events, headers', [`${again.status} ${again.headers['content-type']}`])
}

const isOurs = ({ Actor }: Event) => Actor.Attributes.name === 'eventful'

/** The order of one object is told in one line, for others come between. */
function told(session: Session, events: readonly Event[]): string[] {
  const types = new Map<string, string[]>()
  for (const { Type, Action, scope, Actor } of events) {
    const attributes = Object.entries(Actor.Attributes).sort()
    const said = session.words(attributes.map((pair) => pair.join('=')).join(' '))
    types.set(Type, [...(types.get(Type) ?? []), `${Action} ${scope} (${said})`])
  }
  return [...types].map(([type, lines]) => `${type}: ${lines.join(', ')}`)
}

const eventsIn = (body: Buffer): Event[] =>
  body
    .toString()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))

/** By the engine's own clock. */
async function engineSeconds(session: Session): Promise<number> {
  const info = (await session.need('GET', '/info')) as { SystemTime: string }
  return Math.ceil(Date.parse(info.SystemTime) / 1000)
}
