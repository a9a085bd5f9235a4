import { Problem } from '@skep/shared/contract/problem'
import { Stored, StoredIndex, StoredList, StoredOne } from '@skep/shared/contract/stored'
import { api } from '@skep/shared/paths'
import { expect, test } from 'vitest'
import { anApp } from '../app.fixture.ts'
import { aMemory } from '../memory/memory.fixture.ts'
import { anEngine, specWithSecret } from '../mirror/engine.fixture.ts'
import { aMirror, live } from '../mirror/mirror.fixture.ts'

async function aServer() {
  const engine = anEngine()
  engine.putNode('m1')
  for (const name of ['pw_v1', 'pw_v2']) engine.putStored('secret', name)
  engine.putService('web', 1, { Spec: specWithSecret('web', 'pw_v2', 'pw') })
  const mirror = aMirror(engine)
  const app = await anApp({ mirror, memory: await aMemory() })
  await live(mirror)
  return async (url: string) => (await app.inject({ url })).json()
}

test('a list tells how each consumer has one, unless their names will do', async () => {
  const get = await aServer()
  const whole = await get(api.stored('secret'))
  const names = await get(api.storedIndex('secret'))
  expect(StoredList.parse(whole)).toEqual(whole)
  expect(StoredIndex.parse(names)).toEqual(names)
  expect(names).toEqual(StoredIndex.parse(whole))
  expect(Stored.safeParse(names.items[1]).success).toBe(false)
  expect(names.items[1].consumers).toEqual([{ service: 'web', roles: ['current'] }])
})

test('one is told of as in the whole list', async () => {
  const get = await aServer()
  const { items } = await get(api.stored('secret'))
  const one = StoredOne.parse(await get(api.storedOne('secret', 'pw_v2')))
  expect(one.stored).toEqual(items[1])
  expect(one.stored.consumers[0]?.mounts).toMatchObject([{ target: '/run/secrets/pw' }])
})

test.each(['secret', 'config'] as const)('a %s that is not there is none', async (kind) => {
  const get = await aServer()
  expect(Problem.parse(await get(api.storedOne(kind, 'nope')))).toMatchObject({
    status: 404,
    code: `no-such-${kind}`,
  })
})
