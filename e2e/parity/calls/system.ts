import type { Session } from '../session.ts'

/** What an engine says of itself, and to what it does not understand. */
export async function system(session: Session): Promise<void> {
  await session.say('ping', 'GET', '/_ping')
  await session.say('ping, head', 'HEAD', '/_ping')
  await session.say('ping, of a version', 'GET', '/v1.41/_ping')
  await session.say('version', 'GET', '/version')
  await session.say('info', 'GET', '/info')
  await session.say('swarm', 'GET', '/swarm')
  await session.say('unlock key of a swarm that is not locked', 'GET', '/swarm/unlockkey')
  await session.say('swarm init in a swarm', 'POST', '/swarm/init', {
    ListenAddr: '0.0.0.0:2377',
  })
  await session.say('swarm join in a swarm', 'POST', '/swarm/join', {
    RemoteAddrs: ['10.99.0.1:2377'],
    JoinToken: 'SWMTKN-1-none-none',
  })
  await session.say('swarm update, no version', 'POST', '/swarm/update', {})
  await session.say('swarm update, old version', 'POST', '/swarm/update?version=1', {
    Name: 'default',
  })
  await session.say('swarm leave of a manager, unforced', 'POST', '/swarm/leave')

  await session.say('an unknown path', 'GET', '/nonsense')
  await session.say('an unknown path below a known one', 'GET', '/services/a/b/c')
  await session.say('an unknown method', 'PATCH', '/services')
  await session.say('an unknown method of an unknown path', 'PUT', '/nonsense')
  await session.say('API version, too new', 'GET', '/v1.99/services')
  await session.say('API version, too old', 'GET', '/v1.5/services')
  await session.say('API version, no number', 'GET', '/vfoo/services')
  for (const [name, body] of Object.entries({
    'cut short': '{"Name": "a"',
    'no JSON at all': 'hello',
    'a list': '[]',
    'of a wrong type': '{"Name": 5}',
    empty: '',
    'with a second value': '{} {}',
  })) {
    await session.say(`service create, body ${name}`, 'POST', '/services/create', body)
  }
  await session.say('secret create, body cut short', 'POST', '/secrets/create', '{"Name"')
  await session.say('network create, body cut short', 'POST', '/networks/create', '{"Na')
}

/** What a manager alone may be asked, asked of a worker. */
export async function worker(session: Session): Promise<void> {
  const w1 = session.at('w1')
  for (const path of [
    '/nodes',
    '/services',
    '/tasks',
    '/swarm',
    '/secrets',
    '/configs',
    '/nodes/self',
    '/services/x',
    '/services/x/logs?stdout=1',
    '/swarm/unlockkey',
  ]) {
    await w1.say(`worker: GET ${path}`, 'GET', path)
  }
  await w1.say('worker: service create', 'POST', '/services/create', {})
  await w1.say('worker: secret create', 'POST', '/secrets/create', { Name: 'x' })
  await w1.say('worker: overlay create', 'POST', '/networks/create', {
    Name: 'from-a-worker',
    Driver: 'overlay',
  })
  await w1.say('worker: ping', 'GET', '/_ping')
  await w1.say('worker: info', 'GET', '/info')
}
