import { expect, test } from 'vitest'
import {
  clusterLines,
  mountSays,
  notAskedSentence,
  placeSays,
  volumeSentence,
} from './volume-words.ts'

test('the page opens with what is mounted by nobody, and what is at risk', () => {
  expect(volumeSentence([])).toBe('No service mounts a volume, as far as can be told.')
  expect(volumeSentence([{ inUse: true, risks: [] }])).toBe('1 volume.')
  expect(
    volumeSentence([
      { inUse: false, risks: [] },
      { inUse: true, risks: [{ id: 'r', sentence: 's' }] },
    ]),
  ).toBe('2 volumes, 1 mounted by no service, 1 with a risk.')
})

test('what was not asked is said by name, and not at length', () => {
  expect(notAskedSentence({ notAsked: [] })).toBeNull()
  expect(notAskedSentence({ notAsked: ['w1', 'w2'] })).toBe(
    'w1, w2 were not asked: sizes and orphaned copies there are not known.',
  )
  expect(notAskedSentence({ notAsked: ['w1'] })).toMatch(/^w1 was not asked/)
  const many = Array.from({ length: 9 }, (_, i) => `w${i}`)
  expect(notAskedSentence({ notAsked: many })).toMatch(/w5 and 3 more were not asked/)
})

test('a size is told only by whoever was asked', () => {
  const place = { asked: false, bytes: null }
  expect(placeSays(place)).toBe('not asked')
  expect(placeSays({ ...place, asked: true })).toBe('size not told')
  expect(placeSays({ ...place, asked: true, bytes: 2_048 })).toBe('2 KiB')
})

test('of a cluster volume it says what is known, and nothing of the rest', () => {
  const cluster = {
    group: null,
    availability: 'active',
    access: 'one node at a time, any number of tasks',
    reach: null,
    published: [],
    capacityBytes: null,
    secrets: [],
  } as const
  expect(clusterLines({ ...cluster, published: [], secrets: [] })).toEqual([
    'For one node at a time, any number of tasks, active.',
  ])
  expect(
    clusterLines({
      ...cluster,
      published: [],
      availability: 'pause',
      group: 'fast',
      reach: 'zone z1',
      capacityBytes: 2 ** 30,
      secrets: ['csi_password'],
    }),
  ).toEqual([
    'For one node at a time, any number of tasks, paused: no new task is given it.',
    'Of the group fast.',
    'Reached from zone z1.',
    'Holds 1 GiB.',
    'Its driver is given csi_password.',
  ])
})

test.each([
  [false, false, ''],
  [true, false, ', read-only'],
  [false, true, ', only by its rollback target'],
  [true, true, ', read-only, only by its rollback target'],
])('read-only %s, only by a rollback target %s', (readOnly, rollbackOnly, says) => {
  expect(mountSays({ readOnly, rollbackOnly })).toBe(says)
})
