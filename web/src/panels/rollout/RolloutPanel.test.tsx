import { aCluster, aService, aSlot } from '@skep/shared/contract/cluster.fixture'
import type { Rollout, SlotPhase } from '@skep/shared/contract/rollout'
import type { Service } from '@skep/shared/contract/service'
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import { aConsole } from '../../cluster/console.fixture.tsx'
import { Slots } from '../slots/Slots.tsx'
import type { SlotFilter } from '../slots/slot-filter.ts'
import { RolloutPanel } from './RolloutPanel.tsx'
import { aRollout } from './rollout.fixture.ts'

afterEach(cleanup)

function Panel({ service }: { service: Service }) {
  const [filter, setFilter] = useState<SlotFilter>(null)
  return (
    <RolloutPanel service={service} filter={filter} onFilter={setFilter}>
      <Slots service={service} filter={filter} onFilter={setFilter} onOpen={vi.fn()} />
    </RolloutPanel>
  )
}

/** Links need pages to lead to. */
async function show(service: Service) {
  const { showRouted } = aConsole(aCluster({}))
  await showRouted(() => <Panel service={service} />, ['/services/$name/tasks'])
  await screen.findByRole('heading', { level: 2 })
}

const phases: SlotPhase[] = ['updated', 'verifying', 'in-flight', 'to-update']
const updating = (fields: Partial<Rollout> = {}) =>
  aService({
    rollout: aRollout({
      lanes: { toUpdate: 1, inFlight: 1, verifying: 1, updated: 1, total: 4 },
      ...fields,
    }),
    slots: phases.map((phase, place) => ({ ...aSlot(place + 1, null), phase })),
  })

const lane = (name: RegExp) => screen.getByRole('button', { name })
const faint = () =>
  screen
    .getAllByRole('gridcell')
    .filter(({ className }) => /faint/.test(className))
    .map(({ dataset }) => dataset.slot)

test('at rest there are slots and nothing else', async () => {
  await show(aService({}))
  expect(screen.getByRole('heading', { name: 'Slots' })).toBeTruthy()
  expect(screen.getByRole('grid').getAttribute('aria-label')).toBe('3 slots: 3 running')
  expect(screen.queryByText('Failures')).toBeNull()
})

test('an update shows its lanes, its budget and its settings', async () => {
  await show(updating())
  expect(screen.getByRole('heading', { name: 'Update' })).toBeTruthy()
  const lanes = within(screen.getByRole('list', { name: 'Show only slots that are' }))
  expect(lanes.getAllByRole('button').map(({ textContent }) => textContent)).toEqual([
    'To update 1 ',
    'In flight 1 of 2',
    'Verifying 1 ',
    'Updated 1 ',
  ])
  expect(screen.getByText('2 seen, none left; the next pauses the update')).toBeTruthy()
  expect(
    screen.getByText('Stop first · 2 at a time · 10 s between · verify 30 s'),
  ).toBeTruthy()
})

test('a lane is a filter; asking again shows all', async () => {
  await show(updating())
  fireEvent.click(lane(/^Verifying/))
  expect(lane(/^Verifying/).getAttribute('aria-pressed')).toBe('true')
  expect(faint()).toEqual(['1', '3', '4'])
  fireEvent.click(lane(/^Verifying/))
  expect(faint()).toEqual([])
})

test('the keyboard reaches the reason for the ≈', async () => {
  await show(updating())
  const wave = screen.getByText(/^wave 4 of 5/)
  expect(wave.tabIndex).toBe(0)
  act(() => wave.focus())
  const { textContent } = await screen.findByRole('tooltip')
  expect(textContent).toContain('lanes, not in waves')
})

test('a rollback goes the other way', async () => {
  await show(updating({ kind: 'rollback', automatic: true }))
  expect(screen.getByRole('heading', { name: 'Rollback' })).toBeTruthy()
  expect(screen.getByText('By the swarm, after failures')).toBeTruthy()
  expect(screen.getAllByText('←')).toHaveLength(3)
  expect(lane(/^To roll back/)).toBeTruthy()
})

test('what holds it up is named, in our words and in those of the swarm', async () => {
  const stuck: Rollout['stuck'] = [
    {
      slot: '3',
      state: 'pending',
      since: '2026-11-21T14:02:00.000Z',
      node: null,
      why: 'no node can take it',
      cause: 'no suitable node (insufficient resources on 3 nodes)',
    },
  ]
  await show(updating({ stuck, stuckMore: 2 }))
  expect(screen.getByRole('heading', { name: '3 slots are stuck' })).toBeTruthy()
  expect(screen.getByText(/: no node can take it\./)).toBeTruthy()
  const quote = screen.getByText('no suitable node (insufficient resources on 3 nodes)')
  expect(quote.tagName).toBe('CODE')
  expect(screen.getByText(/^pending, not placed; stuck for/)).toBeTruthy()
  expect(screen.getByText('2 more slots.')).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Slot 3' }).getAttribute('href')).toMatch(
    /^\/services\/web\/tasks\?slot=/,
  )
})

test('more slots than cells can show are a table whose states lead to their tasks', async () => {
  const slots = Array.from({ length: 201 }, (_, place) => ({
    ...aSlot(place + 1, place === 0 ? 'exit 1' : null),
    phase: place === 0 ? ('in-flight' as const) : ('updated' as const),
  }))
  await show({ ...updating(), slots })
  expect(screen.queryByRole('grid')).toBeNull()
  expect(screen.getByRole('table', { name: '201 slots by state' })).toBeTruthy()
  expect(screen.getByRole('row', { name: /^Failed 1 0/ })).toBeTruthy()
  fireEvent.click(lane(/^In flight/))
  expect(screen.getByRole('table', { name: '1 slot in flight by state' })).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Failed' }).getAttribute('href')).toMatch(
    /^\/services\/web\/tasks\?state=failed&phase=in-flight$/,
  )
})
