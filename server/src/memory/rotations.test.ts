import { expect, test } from 'vitest'
import { aConsumer, aRotation } from '../domain/rotation.fixture.ts'
import { onEachDatabase } from './databases.fixture.ts'
import { createRotations } from './rotations.ts'

onEachDatabase('rotations', (fresh) => {
  const anew = async () => createRotations(await (await fresh()).open())

  test('are kept, and replace themselves', async () => {
    const kept = await anew()
    const begun = aRotation({ consumers: [aConsumer('web')] })
    await kept.save(begun)
    expect(await kept.get('r-1')).toEqual(begun)
    const ended = aRotation({ state: 'retired', endedAt: '2027-01-16T08:00:00.000Z' })
    await kept.save(ended)
    expect(await kept.get('r-1')).toEqual(ended)
    expect(await kept.open()).toEqual([])
    expect(await kept.get('r-2')).toBeNull()
  })

  test('are listed newest first, those that are open oldest first', async () => {
    const kept = await anew()
    for (const hour of [10, 11, 12]) {
      const startedAt = `2027-01-15T${hour}:00:00.000Z`
      const endedAt = hour === 11 ? startedAt : null
      await kept.save(aRotation({ id: `r-${hour}`, startedAt, endedAt }))
    }
    expect((await kept.list(2)).map(({ id }) => id)).toEqual(['r-12', 'r-11'])
    expect((await kept.open()).map(({ id }) => id)).toEqual(['r-10', 'r-12'])
  })
})
