import { expect, test } from 'vitest'
import { connectDocker } from './dockerode.ts'
import { startFakeEngine } from './testdata/fake-engine.ts'

/** Long beside the pause between two parts, however busy the machine. */
const quick = { callTimeoutMs: 500 }

test('a long answer is waited for as long as it goes on arriving', async () => {
  await using engine = await startFakeEngine((_request, response) => {
    const parts = ['[', ...' '.repeat(16), ']']
    const saying = setInterval(() => {
      response.write(parts.shift())
      if (parts.length > 0) return
      clearInterval(saying)
      response.end()
    }, 40)
  })
  expect(await connectDocker(engine.endpoint, quick).nodes()).toEqual([])
})

test('but not for ever', async () => {
  await using engine = await startFakeEngine((_request, response) => {
    const dripping = setInterval(() => response.write(' '), 20)
    response.on('close', () => clearInterval(dripping))
  })
  await expect(connectDocker(engine.endpoint, quick).nodes()).rejects.toMatchObject({
    kind: 'timeout',
    message: 'No whole answer within 2 s.',
  })
})

test('a connection that was closed while it rested is no failure', async () => {
  const sockets: { destroy(): void }[] = []
  await using engine = await startFakeEngine((_request, response) => {
    if (response.socket) sockets.push(response.socket)
    response.end('[]')
  })
  const api = connectDocker(engine.endpoint)
  await api.nodes()
  await new Promise(setImmediate) // It rests from now on.
  for (const socket of sockets) socket.destroy()
  expect(await api.nodes()).toEqual([])
})
