import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createListReader, type Known } from './json-list.ts'

const nobody = () => undefined

/** In parts of some length each, as they may come. */
function read(text: string, length: number, find: (id: string) => Known | undefined) {
  const reader = createListReader(find)
  for (let at = 0; at < text.length; at += length) reader.push(text.slice(at, at + length))
  return reader.end()
}

/** What somebody may write into a label to be taken for an object. */
const hostile = fc.oneof(
  fc.string(),
  fc.constantFrom('},{"ID":"x","Version":{"Index":1}', '"},{"ID":"', '\\', ']', '[{'),
)

const object = fc.record({
  ID: fc.stringMatching(/^[a-z0-9]{1,25}$/),
  // A number that is 0 is left out by the engine.
  Version: fc.oneof(fc.record({ Index: fc.nat() }), fc.constant({})),
  Rest: fc.constantFrom('', 'long '.repeat(60)),
  Labels: fc.dictionary(hostile, hostile),
  Volumes: fc.array(fc.record({ ID: fc.string(), Source: hostile })),
  Networks: fc.array(
    fc.record({ Network: fc.record({ ID: fc.string(), Version: fc.nat() }) }),
  ),
})

test('a list is the same in whatever parts it comes', () => {
  fc.assert(
    fc.property(fc.array(object), fc.integer({ min: 1, max: 400 }), (list, length) => {
      const told = read(JSON.stringify(list), length, nobody)
      expect(told).toEqual({ known: [], others: list })
    }),
  )
})

test('what is known in its version is not looked at, and all else is', () => {
  const list = Array.from({ length: 9 }, (_, index) => ({
    ID: `id${index}`,
    Version: { Index: 100 + index },
    Labels: { long: 'x'.repeat(200) },
  }))
  const known = new Map([
    ['id0', 100],
    ['id3', 103],
    ['id4', 99],
  ])
  const told = read(JSON.stringify(list), 64, (id) => {
    const version = known.get(id)
    return version === undefined ? undefined : { id, version }
  })
  expect(told).toEqual({
    known: [
      { id: 'id0', version: 100 },
      { id: 'id3', version: 103 },
    ],
    others: list.filter((_, index) => index !== 0 && index !== 3),
  })
})

test('nothing is lost beside what is known, however it begins', () => {
  const list = [
    { ID: 'a', Version: { Index: 1 } },
    { ID: 'b', Spec: {} },
    { ID: 'c', Version: {} },
    { ID: 'd', Version: { Index: 4 }, Rest: 'x'.repeat(400) },
    { ID: 'e', Version: { Index: 5 } },
  ]
  const { known, others } = read(JSON.stringify(list), 64, (id) => ({ id, version: 1 }))
  expect([known, others]).toEqual([[], list])
})

test('what begins in another way is read all the same', () => {
  const list = [{ Version: { Index: 1 }, ID: 'a' }, { ID: 'b' }, null, 7]
  expect(read(JSON.stringify(list), 5, nobody).others).toEqual(list)
  expect(read(' [ ]\n', 1, nobody).others).toEqual([])
})

test.for([
  '',
  'null',
  '{}',
  '[',
  '[{"ID":"a","Version":{"Index":1}}',
  '[{"ID":"a","Version":{"Index":1}},',
  `[${`{"ID":"a","Version":{"Index":1},"x":"${'y'.repeat(200)}"},`.repeat(3)}`,
  `[${`{"ID":"a","Version":{"Index":1},"x":"${'y'.repeat(200)}"},`.repeat(3)}]`,
  '[{"ID":"a"}] and more',
])('what is no list, or not whole, is refused: %s', (text) => {
  expect(() => read(text, 50, (id) => ({ id, version: 1 }))).toThrow(SyntaxError)
})
