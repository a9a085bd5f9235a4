import { expect, test } from 'vitest'
import { aConsumer, aRotation } from '../domain/rotation.fixture.ts'
import { onEachDatabase } from './databases.fixture.ts'
import { createRotations } from './rotations.ts'

onEachDatabase('rotations', (fresh) => {
  const anew = async () => createRotations(await (await fresh()).open())

  test('are kept, and replace themselves', async () => {
    const kept = await anew()
    const begun = aRotation({ consumers: [aConsumer('web')] })
    const first = await kept.save(begun)
    expect(first).toEqual({ ...begun, revision: 1 })
    expect(await kept.get('r-1')).toEqual(first)
    const end = { state: 'retired', endedAt: '2027-01-16T08:00:00.000Z' } as const
    const ended = await kept.save(aRotation({ ...end, revision: 1 }))
    expect(ended).toEqual(aRotation({ ...end, revision: 2 }))
    expect(await kept.get('r-1')).toEqual(ended)
    expect(await kept.open()).toEqual([])
    expect(await kept.get('r-2')).toBeNull()
  })

  test('of two who write the same revision one is refused', async () => {
    const database = await fresh()
    const mine = createRotations(await database.open())
    const yours = createRotations(await database.open())
    const begun = (await mine.save(aRotation({ sentence: 'Begun.' }))) ?? aRotation()
    // Only what lies in a place of its own is seen by both.
    const other = (await yours.get('r-1')) ? yours : mine
    const won = await mine.save({ ...begun, sentence: 'Mine.' })
    expect(won?.revision).toBe(2)
    expect(await other.save({ ...begun, sentence: 'Yours.' })).toBeNull()
    expect(await mine.get('r-1')).toEqual(won)
    // Neither is one that is there already begun once more.
    expect(await other.save(aRotation({ sentence: 'Anew.' }))).toBeNull()
    expect(await mine.get('r-1')).toEqual(won)
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
