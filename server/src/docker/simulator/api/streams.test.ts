import type { IncomingMessage } from 'node:http'
import { expect, test, vi } from 'vitest'
import { Client, service } from './client.fixture.ts'

/** Collects what a stream says; `saw` settles when it has said something that fits. */
function listen(stream: IncomingMessage) {
  let text = ''
  const waiting = new Set<() => void>()
  stream.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1')
    for (const check of waiting) check()
  })
  return {
    text: () => text,
    saw: (part: string) =>
      new Promise<void>((resolve) => {
        const check = () => {
          if (!text.includes(part)) return
          waiting.delete(check)
          resolve()
        }
        waiting.add(check)
        check()
      }),
  }
}

const spec = { Mode: { Replicated: { Replicas: 2 } } }
const lines = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

test('events: one JSON object a line, with what was before and is now', async () => {
  const client = await Client.open()
  const path = Client.filtered('/events', { scope: ['swarm'] })
  const stream = await client.begin('GET', path)
  const heard = listen(stream)
  await client.send('POST', '/services/create', service('ev', spec))
  client.pass(5)
  const { store } = client.simulator.swarm
  const [ev] = store.services.by('name', 'ev')
  const update = `/services/ev/update?version=${ev?.Version.Index}`
  await client.send('POST', update, service('ev', spec, 'demo/web:v2'))
  client.pass(60)
  await heard.saw('completed')
  const seen = lines(heard.text()).map(({ Type, Action, Actor, scope }) => {
    expect(scope).toBe('swarm')
    const { name: _, ...attributes } = Actor.Attributes
    return [Type, Action, attributes]
  })
  expect(seen).toEqual([
    ['service', 'create', {}],
    ['service', 'update', { 'image.old': 'demo/web:v1', 'image.new': 'demo/web:v2' }],
    ['service', 'update', { 'updatestate.new': 'updating' }],
    [
      'service',
      'update',
      { 'updatestate.old': 'updating', 'updatestate.new': 'completed' },
    ],
  ])
  stream.destroy()
})

test('events of the past, by type, until an instant', async () => {
  const client = await Client.open()
  client.simulator.swarm.losePower(client.simulator.nodeId('w1'))
  client.pass(20)
  const now = client.simulator.clock.now / 1000
  const filters = encodeURIComponent(JSON.stringify({ type: ['node'] }))
  const stream = await client.begin(
    'GET',
    `/events?since=${now - 15}&until=${now + 5}&filters=${filters}`,
  )
  const heard = listen(stream)
  const ended = new Promise((resolve) => stream.on('end', resolve))
  client.pass(6)
  await ended
  expect(lines(heard.text()).at(-1)).toMatchObject({
    Type: 'node',
    Action: 'update',
    Actor: { Attributes: { name: 'w1', 'state.old': 'ready', 'state.new': 'down' } },
  })
})

test('logs: frames with time and details, the tail task by task', async () => {
  const client = await Client.open()
  await client.send('POST', '/services/create', service('talk', spec))
  client.pass(60)
  const path = '/services/talk/logs?stdout=1&stderr=1&timestamps=1&details=1&tail=2'
  const { headers, bytes } = await client.send('GET', path)
  expect(headers['content-type']).toBe('application/vnd.docker.multiplexed-stream')
  const payloads = framesOf(bytes)
  expect(payloads).toHaveLength(4)
  for (const { stream, payload } of payloads) {
    expect(stream).toBe(1)
    expect(payload).toMatch(
      /^2026-01-05T09:00:\d\d\.\d{9}Z com\.docker\.swarm\.node\.id=\w{25},com\.docker\.swarm\.service\.id=\w{25},com\.docker\.swarm\.task\.id=\w{25} demo v1: heartbeat \d\n$/,
    )
  }
  const none = await client.send('GET', '/services/talk/logs')
  expect([none.status, JSON.parse(none.text)]).toEqual([
    500,
    { message: 'Bad parameters: you must choose at least one stream' },
  ])
})

test('logs of containers that have ended, none of which is asked for', async () => {
  const client = await Client.open()
  const once = { TaskTemplate: { RestartPolicy: { Condition: 'none' } } }
  await client.send('POST', '/services/create', service('done', once, 'demo/job:v1'))
  client.pass(60)
  const said = async (query: string) =>
    framesOf((await client.send('GET', `/services/done/logs?stdout=1&${query}`)).bytes)
  expect((await said('tail=1')).map(({ payload }) => payload)).toEqual(['demo v1: done\n'])
  expect(await said('tail=0')).toEqual([])
  expect(await said('since=4000000000')).toEqual([])
})

test.each([
  ['tail=some', 'tail value must be a positive integer or "all"'],
  ['tail=-1', 'negative tail values not supported'],
  [
    'since=yesterday',
    'could not parse since timestamp: strconv.ParseInt: parsing "yesterday": invalid syntax',
  ],
])('logs with %s are refused', async (query, message) => {
  const client = await Client.open()
  await client.send('POST', '/services/create', service('talk'))
  const { status, text } = await client.send('GET', `/services/talk/logs?stdout=1&${query}`)
  expect([status, JSON.parse(text)]).toEqual([500, { message }])
})

test('logs that are followed go on, also with tasks that come later', async () => {
  const client = await Client.open()
  await client.send('POST', '/services/create', service('talk'))
  client.pass(5)
  const stream = await client.begin('GET', '/services/talk/logs?stdout=1&follow=1&tail=0')
  const heard = listen(stream)
  client.pass(20)
  await heard.saw('heartbeat 2')
  const { store } = client.simulator.swarm
  const [talk] = store.services.by('name', 'talk')
  await client.send(
    'POST',
    `/services/talk/update?version=${talk?.Version.Index}`,
    service('talk', {}, 'demo/web:v2'),
  )
  client.pass(40)
  await heard.saw('demo v2: serve')
  await heard.saw('demo v2: heartbeat 2')
  const beats = [...heard.text().matchAll(/demo v2: heartbeat (\d)/g)].map(([, n]) => n)
  expect(beats).toEqual([...new Set(beats)])
  stream.destroy()
})

test.each(['3', '7', '30', '0.5', '0', '1e12', 'many'])(
  'logs of %s lines a second are followed, and time goes on',
  async (rate) => {
    const client = await Client.open()
    const ContainerSpec = {
      Image: 'demo/web:chatty',
      Env: [`LINES_PER_SECOND=${rate}`],
    }
    const chatty = service('chatty', { TaskTemplate: { ContainerSpec } })
    await client.send('POST', '/services/create', chatty)
    client.pass(5)
    const path = '/services/chatty/logs?stdout=1&stderr=1&follow=1&tail=0'
    const stream = await client.begin('GET', path)
    const heard = listen(stream)
    client.pass(10)
    const count = () => [...heard.text().matchAll(/line (\d+):/g)].map(([, n]) => Number(n))
    const most: Record<string, number> = { 0: 0, '1e12': 10_000, many: 0 }
    const wanted = most[rate] ?? Math.floor(Number(rate) * 10)
    await vi.waitFor(() => expect(count().length).toBeGreaterThanOrEqual(wanted - 1), {
      timeout: 10_000,
    })
    const numbers = count()
    const [first = 1] = numbers
    // None twice, none left out.
    expect(numbers).toEqual(numbers.map((_, index) => first + index))
    stream.destroy()
  },
)

test('logs that go far back begin with as many lines as one answer takes', async () => {
  const client = await Client.open()
  const ContainerSpec = { Image: 'demo/web:chatty', Env: ['LINES_PER_SECOND=1000'] }
  await client.send(
    'POST',
    '/services/create',
    service('chatty', { TaskTemplate: { ContainerSpec } }),
  )
  client.pass(60)
  const { bytes } = await client.send('GET', '/services/chatty/logs?stdout=1&stderr=1')
  const numbers = framesOf(bytes).map(({ payload }) =>
    Number(/line (\d+):/.exec(payload)?.[1]),
  )
  expect(numbers).toHaveLength(50_000)
  const last = numbers.at(-1) ?? 0
  expect(last).toBeGreaterThan(55_000)
  expect(numbers[0]).toBe(last - 49_999)
})

test('logs of a node that is away are complained about, when not followed', async () => {
  const client = await Client.open()
  await client.send('POST', '/services/create', service('talk', { Mode: { Global: {} } }))
  client.pass(5)
  const nodeId = client.simulator.nodeId('w2')
  client.simulator.swarm.losePower(nodeId)
  const { bytes } = await client.send('GET', '/services/talk/logs?stdout=1')
  const last = framesOf(bytes).at(-1)
  expect(last).toEqual({
    stream: 3,
    payload: `Error grabbing logs: rpc error: code = Unknown desc = warning: incomplete log stream. some logs could not be retrieved for the following reasons: node ${nodeId} is not available\n`,
  })
})

test('a terminal has no frames', async () => {
  const client = await Client.open()
  const TaskTemplate = { ContainerSpec: { Image: 'demo/web:v1', TTY: true } }
  await client.send('POST', '/services/create', service('tty', { TaskTemplate }))
  client.pass(5)
  const { headers, text } = await client.send('GET', '/services/tty/logs?stdout=1')
  expect(headers['content-type']).toBe('application/vnd.docker.raw-stream')
  expect(text).toMatch(/^demo v1: serve on/)
})

function framesOf(bytes: Buffer): { stream: number; payload: string }[] {
  const frames = []
  for (let offset = 0; offset < bytes.length; ) {
    const end = offset + 8 + bytes.readUInt32BE(offset + 4)
    const payload = bytes.toString('utf8', offset + 8, end)
    frames.push({ stream: bytes.readUInt8(offset), payload })
    offset = end
  }
  return frames
}
