import type { Check, Preview } from '@skep/shared/contract/preview'
import { expect, test, vi } from 'vitest'
import { aConsumer, aRotation } from '../domain/rotation.fixture.ts'
import { sendNext } from './rotation-sender.ts'
import type { ServiceCommands } from './service-commands.ts'

const startsEmpty: Check = {
  id: 'starts-empty',
  level: 'warn',
  sentence: 'Nothing keeps db where its data is.',
  subjects: [],
}

const preview = {
  basis: 'b',
  checks: [startsEmpty],
  typed: 'db',
} as Partial<Preview> as Preview

const run = vi.fn<ServiceCommands['run']>(
  async () => ({ id: 'o-1', sentence: 'Accepted.' }) as never,
)
const commands: ServiceCommands = { preview: async () => preview, run }

const plan = aRotation({ to: { id: 'id2', name: 'db_v2' } })
const send = (kind: 'swap' | 'resume', acknowledged: string[]) => {
  const act = { serviceId: 'db', service: 'db', kind }
  return sendNext(plan, act, aConsumer('db', { acknowledged }), commands)
}

test.each(['swap', 'resume'] as const)(
  'a %s with a warning that nobody has ticked is not sent, and is not ticked by that',
  async (kind) => {
    run.mockClear()
    expect(await send(kind, ['another'])).toMatchObject({
      state: 'failed',
      acknowledged: ['another'],
      sentence: expect.stringContaining(startsEmpty.sentence),
    })
    expect(run).not.toHaveBeenCalled()
  },
)

test('what was ticked and typed for all is so for each', async () => {
  run.mockClear()
  expect(await send('swap', ['starts-empty'])).toMatchObject({ operation: 'o-1' })
  expect(run).toHaveBeenCalledWith(
    { kind: 'swap', stored: 'secret', from: 'db_v1', to: 'id2', toName: 'db_v2' },
    'db',
    { basis: 'b', acknowledged: ['starts-empty'], typed: 'db' },
    'ana',
  )
})
