import { expect, test } from 'vitest'
import { containerIn } from './self.ts'

const id = 'ab'.repeat(32)
const line = (root: string, at: string) =>
  `712 689 254:1 ${root} ${at} rw,relatime - ext4 /dev/vda1 rw`

test.each<[string, string, string, string | null]>([
  [
    'by its files, whatever it is called',
    line(`/var/lib/docker/containers/${id}/hosts`, '/etc/hosts'),
    'skep',
    id,
  ],
  [
    'in a folder of its own choice',
    line(`/data/engine/containers/${id}/resolv.conf`, '/etc/resolv.conf'),
    'skep',
    id,
  ],
  ['by its host name', line('/', '/'), '0123456789ab', '0123456789ab'],
  ['none: it has a name like any other', line('/', '/'), 'manager-1', null],
  [
    'none: a volume is mounted that is called like one',
    line(`/srv/containers/${id}/data`, '/data'),
    'm1',
    null,
  ],
])('the container of the console: %s', (_, mounts, host, found) => {
  expect(containerIn(mounts, host)).toBe(found)
})
