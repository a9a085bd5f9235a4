import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createObjectCutter, jsonObjects } from './events.ts'
import { chunkings, collect } from './testdata/bytes.ts'

const recorded = readFileSync(new URL('testdata/events-28.jsonl', import.meta.url))

async function* each(chunks: Uint8Array[]) {
  yield* chunks
}

test('recorded events, however they are cut', async () => {
  const events = recorded
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  await fc.assert(
    fc.asyncProperty(chunkings(recorded), async (chunks) => {
      expect(await collect(jsonObjects(each(chunks)))).toEqual(events)
    }),
  )
})

const separators = fc.constantFrom('', '\n', '\r\n', '\x1e', ' \n\n')

test('any objects, with anything between them, however they are cut', () => {
  const objects = fc.array(fc.tuple(fc.dictionary(fc.string(), fc.json()), separators))
  const cases = objects.chain((pairs) => {
    const texts = pairs.map(([object]) => JSON.stringify(object))
    const stream = pairs.map(([object, gap]) => gap + JSON.stringify(object)).join('')
    return fc.tuple(fc.constant(texts), chunkings(Buffer.from(stream)))
  })
  fc.assert(
    fc.property(cases, ([texts, chunks]) => {
      const cut = createObjectCutter()
      expect(chunks.flatMap((chunk) => cut(chunk))).toEqual(texts)
    }),
  )
})

test('what is no JSON is a protocol error that does not quote it', async () => {
  const stream = jsonObjects(each([Buffer.from('{"Type":"x"}{token: SWMTKN-1}')]))
  expect(await stream.next()).toMatchObject({ value: { Type: 'x' } })
  const error = await stream.next().catch((reason) => reason)
  expect(error).toMatchObject({ kind: 'protocol' })
  expect(String(error)).not.toContain('SWMTKN')
})

test('an object without an end does not fill the memory', () => {
  const cut = createObjectCutter()
  const flood = () => {
    for (let i = 0; i < 64; i++) cut(Buffer.from(`{"${'x'.repeat(65_536)}`))
  }
  expect(flood).toThrow('an event without an end')
})
