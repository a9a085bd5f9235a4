import { expect, test } from 'vitest'
import { pushFeed } from './push-feed.ts'

const endpoint = { label: '', kind: 'unix', socketPath: '/nowhere/docker.sock' } as const

test('switched off, there is no feed', () => {
  expect(pushFeed('off', endpoint)).toBeNull()
})

test.each([
  [undefined, 'there is no control socket here'],
  ['/nowhere/control.sock', 'ENOENT'],
])(
  'with %s, a socket that is not there is looked for again later',
  async (setting, says) => {
    const opening = pushFeed(setting, endpoint)?.(async () => '', AbortSignal.timeout(5000))
    await expect(opening).rejects.toMatchObject({ kind: 'unreachable' })
    await expect(opening).rejects.toThrow(says)
  },
)
