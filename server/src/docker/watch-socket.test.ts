import { expect, test } from 'vitest'
import { defaultWatchSocket } from './watch-socket.ts'

const find = (socketPath: string, ...there: string[]) =>
  defaultWatchSocket({ label: '', kind: 'unix', socketPath }, (path) =>
    there.includes(path),
  )

const standard = '/run/docker/swarm/control.sock'

test.each(['/var/run/docker.sock', '/run/docker.sock'])('beside %s', (socket) => {
  const beside = socket.replace('docker.sock', 'control.sock')
  expect(find(socket, standard, beside)).toBe(standard)
  expect(find(socket, beside)).toBe(beside)
  expect(find(socket)).toBeNull()
})

test('beside another socket, only there', () => {
  expect(find('/lab/m1/docker.sock', standard, '/lab/m1/control.sock')).toBe(
    '/lab/m1/control.sock',
  )
  expect(find('/lab/m1/docker.sock', standard)).toBeNull()
})

test('not for an engine on the network', () => {
  const endpoint = { label: '', kind: 'tcp', host: 'm1', port: 2376, tls: null } as const
  expect(defaultWatchSocket(endpoint, () => true)).toBeNull()
})
