import type { Session, Versioned } from '../session.ts'
import { filtered } from '../wire.ts'

type Node = Versioned & {
  Spec: object
  Description: { Hostname: string }
  ManagerStatus?: { Leader?: boolean }
}

export async function nodes(session: Session): Promise<void> {
  await session.say('node list', 'GET', '/nodes')
  const all = (await session.need('GET', '/nodes')) as Node[]
  const of = (name: string) => all.find((node) => node.Description.Hostname === name)
  const leader = all.find(({ ManagerStatus }) => ManagerStatus?.Leader)
  const { ID: manager = '' } = leader ?? {}
  const { ID: worker = '', Version = { Index: 0 }, Spec = {} } = of('w1') ?? {}
  await session.say('node inspect, a leader', 'GET', `/nodes/${manager}`)
  await session.say('node inspect, a worker', 'GET', `/nodes/${worker}`)
  await session.say('node inspect, by name', 'GET', '/nodes/w1')
  await session.say(
    'node inspect, by the beginning of its id',
    'GET',
    `/nodes/${worker.slice(0, 12)}`,
  )
  await session.say('node inspect, self', 'GET', '/nodes/self')
  await session.say('node inspect, no such', 'GET', '/nodes/nope')

  const filters: Record<string, object> = {
    role: { role: ['manager'] },
    'role, as a map': { role: { worker: true } },
    'role, unknown': { role: ['king'] },
    'membership, unknown': { membership: ['guest'] },
    name: { name: ['w'] },
    'name, none': { name: ['zebra'] },
    id: { id: [worker.slice(0, 10)] },
    label: { label: ['nope'] },
    'node.label': { 'node.label': ['nope'] },
    unknown: { colour: ['red'] },
    'no list': { role: 'manager' },
  }
  for (const [name, lists] of Object.entries(filters)) {
    const answer = await session.ask('GET', filtered('/nodes', lists))
    const list = JSON.parse(`${answer.body}`)
    const names = Array.isArray(list)
      ? list.map((node: Node) => node.Description.Hostname).sort()
      : [session.words(JSON.stringify(list))]
    session.tell(`node list, filter ${name}`, [`status ${answer.status}`, names.join(' ')])
  }
  await session.say('node list, filters no JSON', 'GET', '/nodes?filters=nonsense')

  const update = (query: string) => `/nodes/${worker}/update${query}`
  const good = `?version=${Version.Index}`
  const cases: [string, string, unknown][] = [
    ['no version', '', Spec],
    ['version no number', '?version=x', Spec],
    ['old version', '?version=1', Spec],
    ['bad role', good, { ...Spec, Role: 'king' }],
    ['no role', good, { Availability: 'active' }],
    ['bad availability', good, { ...Spec, Availability: 'asleep' }],
    ['no availability', good, { Role: 'worker' }],
    ['no body', good, ''],
    ['body cut short', good, '{"Role'],
  ]
  for (const [name, query, body] of cases)
    await session.say(`node update, ${name}`, 'POST', update(query), body)
  await session.say(
    'node update, no such node',
    'POST',
    '/nodes/nope/update?version=1',
    Spec,
  )

  const relabelled = await session.change<Node>(`/nodes/${worker}`, ({ Spec }) => ({
    ...Spec,
    Labels: { parity: 'yes' },
  }))
  session.tell('node update, labels', [`status ${relabelled.status}`, `${relabelled.body}`])
  await session.say('node inspect, with a label', 'GET', `/nodes/${worker}`)
  await session.change<Node>(`/nodes/${worker}`, ({ Spec }) => ({ ...Spec, Labels: {} }))

  await session.say('node remove, ready', 'DELETE', `/nodes/${worker}`)
  await session.say('node remove, a manager', 'DELETE', `/nodes/${manager}`)
  await session.say(
    'node remove, a manager by force',
    'DELETE',
    `/nodes/${manager}?force=1`,
  )
  await session.say('node remove, no such', 'DELETE', '/nodes/nope')
}
