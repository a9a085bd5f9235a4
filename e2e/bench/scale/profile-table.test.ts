import { describe, expect, test } from 'vitest'
import { inLines, type ProfileNode, sourcesIn, tableOf } from './profile-table.ts'

const bundle = [
  'import "fastify"',
  '// src/main.ts',
  'start()',
  '// src/domain/roster.ts',
  'function nextRoster() {',
  '// a comment of its own',
  '}',
  '// ../shared/src/contract/patch.ts',
  'function patch() {}',
].join('\n')
const sourceOf = sourcesIn(bundle)

function node(
  id: number,
  functionName: string,
  at: Partial<ProfileNode['callFrame']> = {},
  children: number[] = [],
): ProfileNode {
  const callFrame = { functionName, scriptId: '0', url: '', lineNumber: -1, ...at }
  return { id, callFrame, children }
}
const own = (lineNumber: number) => ({
  url: 'file:///x/server/dist/console.mjs',
  scriptId: '9',
  lineNumber,
})
const npm = 'file:///x/node_modules/.pnpm/a@1/node_modules/@scope/a/lib/index.js'

/** Each sample is of the node named, and lasts so many microseconds. */
function profiled(nodes: ProfileNode[], ...lasting: [id: number, microseconds: number][]) {
  const times = lasting.map(([, microseconds]) => microseconds)
  const profile = {
    nodes,
    startTime: 1_000,
    endTime: 1_000 + 50 + times.reduce((sum, time) => sum + time, 0),
    samples: lasting.map(([id]) => id),
    timeDeltas: [50, ...times.slice(0, -1)],
  }
  return tableOf(profile, { bundle: '/server/dist/console.mjs', sourceOf })
}

test('finds the source of a line by the comment above it', () => {
  expect([0, 2, 4, 6, 8].map(sourceOf)).toEqual([
    null,
    'main.ts',
    'domain/roster.ts',
    'domain/roster.ts',
    'shared/contract/patch.ts',
  ])
})

describe('a table', () => {
  const table = profiled(
    [
      node(1, '(root)', {}, [2, 3, 4, 5]),
      node(2, '(idle)'),
      node(3, '(garbage collector)'),
      node(4, '(program)'),
      node(5, 'nextRoster', own(4), [6, 7]),
      node(6, 'patch', own(8), [8]),
      node(7, 'write', { url: npm, scriptId: '7', lineNumber: 11 }, [9]),
      node(8, ''),
      node(9, 'emit', { url: 'node:events', scriptId: '3', lineNumber: 4 }),
    ],
    [2, 90_000],
    [5, 1_000],
    [6, 2_000],
    [8, 3_000],
    [3, 1_500],
    [7, 500],
    [9, 400],
    [4, 1_600],
  )

  test('tells idle time from the rest, and of that what was no script', () => {
    const { window, idle, busy, garbage, native } = table
    expect({ window, idle, busy, garbage, native }).toEqual({
      window: 100,
      idle: 90,
      busy: 10,
      garbage: 1.5,
      native: 4.6,
    })
  })

  test('puts our own by folder, others by package', () => {
    expect(table.groups).toEqual([
      { name: 'native', self: 4.6 },
      { name: 'shared/contract', self: 2 },
      { name: 'garbage collection', self: 1.5 },
      { name: 'domain', self: 1 },
      { name: 'npm @scope/a', self: 0.5 },
      { name: 'Node', self: 0.4 },
    ])
  })

  test('names functions by what they took themselves, and our own with what they called', () => {
    expect(table.bySelf.slice(0, 3)).toEqual([
      { name: '(anonymous) · native', self: 3, total: 3 },
      { name: 'patch · shared/contract/patch.ts (bundle:9)', self: 2, total: 5 },
      { name: '(program)', self: 1.6, total: 1.6 },
    ])
    expect(table.ownByTotal.map(({ name, total }) => [name, total])).toEqual([
      ['nextRoster · domain/roster.ts (bundle:5)', 6.9],
      ['patch · shared/contract/patch.ts (bundle:9)', 5],
    ])
    expect(table.bySelf.at(-1)?.name).toBe('(root)')
  })

  test('is told with shares of what was busy', () => {
    expect(inLines(table)).toContain(
      '     2.0 ms  20.0 %  patch · shared/contract/patch.ts (bundle:9)',
    )
  })
})

test('a function that calls itself is in its total once', () => {
  const { ownByTotal } = profiled(
    [node(1, '(root)', {}, [2]), node(2, 'patch', own(8), [3]), node(3, 'patch', own(8))],
    [2, 1_000],
    [3, 4_000],
  )
  expect(ownByTotal).toMatchObject([{ self: 5, total: 5 }])
})
