import { describe, expect, test } from 'vitest'
import { compare, type Difference, holds } from './compare.ts'

const said = (lines: string[]) => new Map([['node list', lines]])
const held = (ours: string[], theirs: string[], differences: Difference[] = []) =>
  compare(said(ours), said(theirs), { engine: '28', differences })

const rule = (...lines: string[]): Difference => ({
  call: 'node *',
  engines: ['28'],
  lines,
  why: 'it is so',
})

describe('two answers', () => {
  test('are equal in any order of lines', () => {
    const comparison = held(['a', 'b'], ['b', 'a'])
    expect(comparison.rows).toEqual([
      { call: 'node list', verdict: 'equal', lines: [], unlisted: [] },
    ])
    expect(holds(comparison)).toBe(true)
  })

  test('differ in what one of them says alone', () => {
    const comparison = held(['a', 'c'], ['a', 'b'])
    expect(comparison.rows[0]).toMatchObject({
      verdict: 'DIFFERS',
      unlisted: ['- b', '+ c'],
    })
    expect(holds(comparison)).toBe(false)
  })

  test('may differ as it is listed, and no further', () => {
    expect(held(['a', 'c.1'], ['a'], [rule('+ c.*')]).rows[0]?.verdict).toBe('listed')
    expect(held(['a', 'cx1'], ['a'], [rule('+ c.*')]).rows[0]?.verdict).toBe('DIFFERS')
    expect(held(['a', 'c.1'], ['a', 'b'], [rule('+ c.*')]).rows[0]).toMatchObject({
      verdict: 'DIFFERS',
      unlisted: ['- b'],
    })
  })

  test('that no longer differ as listed fail', () => {
    const comparison = held(['a'], ['a'], [rule('+ c')])
    expect(comparison.stale).toEqual([{ call: 'node *', line: '+ c', why: 'it is so' }])
    expect(holds(comparison)).toBe(false)
  })

  test('are not held to what is listed of another engine', () => {
    const other = { ...rule('+ c'), engines: ['20'] }
    expect(held(['a'], ['a'], [other]).stale).toEqual([])
    expect(held(['a', 'c'], ['a'], [other]).rows[0]?.verdict).toBe('DIFFERS')
  })
})

test('a call that only one of them was asked differs', () => {
  const comparison = compare(new Map(), said(['a']), { engine: '28', differences: [] })
  expect(comparison.rows[0]).toMatchObject({ verdict: 'DIFFERS', unlisted: ['- a'] })
})

test('nothing compared is no success', () => {
  expect(holds(compare(new Map(), new Map(), { engine: '28', differences: [] }))).toBe(
    false,
  )
})
