import type { Session, Versioned } from '../session.ts'
import { base64, serviceSpec } from '../specs.ts'
import { filtered } from '../wire.ts'

type Stored = Versioned & { Spec: { Name: string; Labels: object } }

/** Secrets and configs, which are told the same way. */
export async function stored(session: Session, kind: 'secret' | 'config'): Promise<void> {
  const all = `/${kind}s`
  const say = (name: string, method: string, path: string, body?: unknown) =>
    session.say(`${kind} ${name}`, method, `${all}${path}`, body)
  const Data = base64('a value')
  const good = { Name: `${kind}-one`, Labels: { kind }, Data }
  await say('create', 'POST', '/create', good)
  const creations: Record<string, unknown> = {
    'name taken': good,
    'name taken, by other data': { ...good, Data: base64('another') },
    'no name': { Data },
    'bad name': { Name: 'no spaces!', Data },
    'name that ends badly': { Name: 'a-', Data },
    'name too long': { Name: 'x'.repeat(65), Data },
    'no data': { Name: `${kind}-two` },
    'empty data': { Name: `${kind}-two`, Data: '' },
    'too much data': { Name: `${kind}-two`, Data: base64('x'.repeat(1_100_000)) },
    'data that is not base64': { Name: `${kind}-two`, Data: '***' },
    'labels of a wrong type': { Name: `${kind}-two`, Data, Labels: 'a' },
    'label without a value': { Name: `${kind}-three`, Data, Labels: { a: null } },
    'label without a name': { Name: `${kind}-four`, Data, Labels: { '': 'b' } },
    'no body': '',
    'unknown driver': { Name: `${kind}-five`, Driver: { Name: 'nope' } },
    'unknown templating': { Name: `${kind}-six`, Data, Templating: { Name: 'magic' } },
    templating: { Name: `${kind}-seven`, Data, Templating: { Name: 'golang' } },
  }
  for (const [name, spec] of Object.entries(creations))
    await say(`create, ${name}`, 'POST', '/create', spec)
  await say('list', 'GET', filtered('', { name: [`${kind}-`] }))
  await say('inspect', 'GET', `/${kind}-one`)
  await say('inspect, with templating', 'GET', `/${kind}-seven`)
  await say('inspect, no such', 'GET', '/nope')
  const one = (await session.need('GET', `${all}/${kind}-one`)) as Stored
  const filters: Record<string, object> = {
    name: { name: [`${kind}-`] },
    names: { names: [`${kind}-one`] },
    id: { id: [one.ID.slice(0, 8)] },
    label: { label: [`kind=${kind}`] },
    'label, other': { label: ['kind=c'] },
    unknown: { colour: ['red'] },
  }
  for (const [name, lists] of Object.entries(filters)) {
    const answer = await session.ask('GET', filtered(all, lists))
    const said = JSON.parse(`${answer.body}`)
    const names = Array.isArray(said)
      ? said.map(({ Spec }: Stored) => Spec.Name).sort()
      : [session.words(JSON.stringify(said))]
    session.tell(`${kind} list, filter ${name}`, [
      `status ${answer.status}`,
      names.join(' '),
    ])
  }

  const path = `/${one.ID}/update`
  const version = async () =>
    `?version=${((await session.need('GET', `${all}/${one.ID}`)) as Stored).Version.Index}`
  await say('update, no version', 'POST', path, one.Spec)
  await say('update, version no number', 'POST', `${path}?version=x`, one.Spec)
  await say('update, old version', 'POST', `${path}?version=1`, one.Spec)
  await say('update, other data', 'POST', path + (await version()), {
    ...good,
    Data: base64('other'),
  })
  await say('update, same data', 'POST', path + (await version()), good)
  await say('update, other name', 'POST', path + (await version()), {
    ...good,
    Name: 'other',
  })
  await say('update, labels', 'POST', path + (await version()), {
    Name: good.Name,
    Labels: { c: 'd' },
  })
  await say('inspect, new labels', 'GET', `/${one.ID}`)
  await say('update, no such', 'POST', '/nope/update?version=1', good)

  const File = { Name: 'f', UID: '0', GID: '0', Mode: 292 }
  const use =
    kind === 'secret'
      ? { Secrets: [{ SecretID: one.ID, SecretName: good.Name, File }] }
      : { Configs: [{ ConfigID: one.ID, ConfigName: good.Name, File }] }
  const users = [`uses-${kind}-1`, `uses-${kind}-2`]
  const [first = '', second = ''] = users
  await session.make('services', serviceSpec(first, { replicas: 0, container: use }))
  await session.say(`service inspect, with a ${kind}`, 'GET', `/services/${first}`)
  await say('remove, in use', 'DELETE', `/${one.ID}`)
  await session.make('services', serviceSpec(second, { replicas: 0, container: use }))
  const twice = await session.ask('DELETE', `${all}/${one.ID}`)
  const sorted = `${twice.body}`.includes(second)
  session.tell(`${kind} remove, in use twice`, [
    `status ${twice.status}`,
    session.words(`${twice.body}`.replace(`${second}, ${first}`, `${first}, ${second}`)),
    `both are named: ${sorted}`,
  ])
  for (const user of users) await session.ask('DELETE', `/services/${user}`)
  await say('remove', 'DELETE', `/${one.ID}`)
  await say('remove, twice', 'DELETE', `/${one.ID}`)
  const rest = (await session.need(
    'GET',
    filtered(all, { name: [`${kind}-`] }),
  )) as Stored[]
  for (const { ID } of rest) await session.ask('DELETE', `${all}/${ID}`)
}
