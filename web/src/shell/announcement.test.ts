import type { Attention, Transition } from '@skep/shared/contract/attention'
import { expect, test } from 'vitest'
import { alarm, lately, noted, summary } from './announcement.ts'

const at = '2026-11-21T14:02:31.000Z'

const transition = (id: number, tone: Transition['tone']): Transition => ({
  id,
  at,
  tone,
  subject: { kind: 'service', name: 'web' },
  sentence: `Sentence ${id}.`,
})

const attention = (id: string, tone: Attention['tone']): Attention => ({
  id,
  tone,
  kind: 'service-down',
  subject: { kind: 'service', name: id },
  title: `${id} is down`,
  detail: '0 of 4 running',
  cause: null,
  since: at,
})

test('a summary is one sentence, however much happened', () => {
  expect(summary([])).toBeNull()
  expect(summary([transition(4, 'progress')])).toBe('Sentence 4.')
  const many = [transition(7, 'ok'), transition(6, 'warning'), transition(5, 'warning')]
  expect(summary(many)).toBe('3 changes. Sentence 6.')
})

test('only what is new and critical interrupts', () => {
  const list = [attention('api', 'critical'), attention('web', 'warning')]
  expect(alarm(list, new Set())).toBe('api is down. 0 of 4 running.')
  expect(alarm(list, new Set(['api']))).toBeNull()
  expect(alarm([...list, attention('db', 'critical')], new Set())).toBe(
    'api is down. 0 of 4 running. And 1 more.',
  )
})

test('a service that crashes every ten seconds interrupts once', () => {
  const down = [attention('api', 'critical')]
  let seen = new Map<string, number>()
  const alarms = []
  for (let second = 0; second < 60; second += 10) {
    const list = second % 20 === 0 ? down : []
    alarms.push(alarm(list, lately(seen, second * 1_000)))
    seen = noted(seen, list, second * 1_000)
  }
  expect(alarms.filter(Boolean)).toHaveLength(1)
  expect(alarm(down, lately(seen, 3_600_000))).not.toBeNull()
})
