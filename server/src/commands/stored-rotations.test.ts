import { expect, test } from 'vitest'
import { aRotation } from '../domain/rotation.fixture.ts'
import { anEngine } from '../mirror/engine.fixture.ts'
import { aConsole } from './console.fixture.ts'
import { createStoredDesk } from './stored.ts'

test('an open window is warned of, however many rotations came after it', async () => {
  const engine = anEngine()
  engine.putNode('m1')
  engine.putStored('secret', 'db_v1')
  const parts = await aConsole(engine)
  const { rotations } = parts.memory
  const open = new Date(Date.now() + 3_600_000).toISOString()
  const until = { state: 'verified', retireFrom: open } as const
  await rotations.save(
    aRotation({ id: 'old', startedAt: '2026-01-01T00:00:00.000Z', ...until }),
  )
  const ended = { state: 'retired', endedAt: '2027-01-15T09:00:00.000Z' } as const
  for (let n = 0; n < 200; n += 1)
    await rotations.save(aRotation({ id: `r${n}`, ...ended }))
  const { checks } = await createStoredDesk(parts).previewRemoval('secret', {
    name: 'db_v1',
  })
  expect(checks).toContainEqual(
    expect.objectContaining({ id: 'rollback-window-open:db_v1', level: 'warn' }),
  )
})
