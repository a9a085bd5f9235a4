import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { keepByKey, keepIdentity } from './keep-identity.ts'

const plain = fc.jsonValue({ maxDepth: 4 })

describe('keepIdentity', () => {
  test('answers the new value, whatever the old one was', () => {
    fc.assert(
      fc.property(plain, plain, (before, after) => {
        expect(keepIdentity(before, after)).toStrictEqual(after)
      }),
    )
  })

  test('answers the very old object when the new one is equal', () => {
    fc.assert(
      fc.property(plain, (value) => {
        expect(keepIdentity(value, structuredClone(value))).toBe(value)
      }),
    )
  })

  test('keeps the parts that did not change', () => {
    const before = { same: { deep: [1, { x: 2 }] }, other: 1 }
    const after = keepIdentity(before, { same: { deep: [1, { x: 2 }] }, other: 2 })
    expect(after).toStrictEqual({ same: { deep: [1, { x: 2 }] }, other: 2 })
    expect(after.same).toBe(before.same)
  })

  test.each([
    {
      before: {},
      after: { a: undefined },
      why: 'a key that is there is not one that lacks',
    },
    { before: [1], after: { 0: 1 }, why: 'an array is no object' },
    { before: null, after: {}, why: 'null is no object' },
    { before: { a: 1, b: 2 }, after: { a: 1 }, why: 'a key is gone' },
  ])('tells $before from $after: $why', ({ before, after }) => {
    const kept = keepIdentity<unknown>(before, after)
    expect(kept).toStrictEqual(after)
    expect(kept).not.toBe(before)
  })

  test('takes a hostile name for what it is', () => {
    const before = JSON.parse('{"__proto__": {"x": 1}, "y": 1}')
    const after = JSON.parse('{"__proto__": {"x": 1}, "y": 2}')
    expect(Object.keys(keepIdentity(before, after))).toEqual(['__proto__', 'y'])
  })
})

describe('keepByKey', () => {
  const keyOf = ({ key }: { key: string }) => key

  test('finds the old part wherever it stood', () => {
    const [a, b] = [
      { key: 'a', n: 1 },
      { key: 'b', n: 2 },
    ]
    const kept = keepByKey(
      [a, b],
      [{ key: 'b', n: 2 }, { key: 'c', n: 3 }, { ...a }],
      keyOf,
    )
    expect(kept[0]).toBe(b)
    expect(kept[2]).toBe(a)
  })

  test('is the old list when nothing changed, and not when the order did', () => {
    const list = [
      { key: 'a', n: 1 },
      { key: 'b', n: 2 },
    ]
    expect(keepByKey(list, structuredClone(list), keyOf)).toBe(list)
    expect(keepByKey(list, structuredClone(list).reverse(), keyOf)).not.toBe(list)
  })
})
