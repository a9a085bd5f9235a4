import { aCluster, aService } from '@skep/shared/contract/cluster.fixture'
import type { Rotation, RotationPreview } from '@skep/shared/contract/rotation'
import type { StoredPreview } from '@skep/shared/contract/stored'
import { useSearch } from '@tanstack/react-router'
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { aConsole, fresh } from '../../cluster/console.fixture.tsx'
import { useRotation } from '../../cluster/stored.ts'
import { aChange, aCheck, aPreview } from '../preview.fixture.ts'
import { OperateRotation } from './OperateRotation.tsx'
import { RotationActs } from './RotationActs.tsx'
import { anUpdated, aRotation } from './rotation.fixture.ts'
import { RotationSearch, rotationOpen } from './rotation-open.ts'

const stopped = aRotation({
  state: 'stopped',
  consumers: [anUpdated('api', { state: 'failed', rollbackChecks: [] })],
})
const verified = aRotation({ state: 'verified', step: 'retire' })

const rollback = aPreview({
  service: 'api',
  title: 'Roll back api',
  button: 'Roll back api (restarts 2)',
  restarts: 2,
  changes: [
    aChange('TaskTemplate.ContainerSpec.Secrets', {
      label: 'Secret /run/secrets/db',
      before: 'db_password_v7',
      after: 'db_password_v6',
    }),
  ],
  checks: [aCheck('dips', 'warn', 'api runs 1 of 2 meanwhile.')],
  command: 'docker service rollback api',
})

const removal: StoredPreview = {
  kind: 'remove',
  names: ['db_password_v6'],
  keeps: ['db_password_v7'],
  asOf: '2026-11-21T14:02:31.000Z',
  basis: 'basis',
  title: 'Remove secret db_password_v6',
  sentence: 'db_password_v6 is gone for good.',
  button: 'Remove secret db_password_v6',
  checks: [aCheck('rollback-window-open:db_password_v6', 'warn', 'The window is open.')],
  command: 'docker secret rm db_password_v6',
  typed: 'db_password_v6',
}

const onwards: RotationPreview = {
  kind: 'resume',
  stored: 'secret',
  name: 'db_password_v6',
  next: 'db_password_v7',
  asOf: '2026-11-21T14:02:31.000Z',
  basis: 'basis',
  title: 'Go on with the rotation of db_password_v6',
  sentence: 'The paused update of api to db_password_v7 goes on.',
  button: 'Go on, update 1 service (restarts 2)',
  consumers: [
    {
      service: 'api',
      restarts: 2,
      targets: ['/run/secrets/db'],
      sentence: 'The rollout goes on.',
      changes: rollback.changes,
    },
  ],
  checks: [aCheck('api:resumes-bad-update', 'warn', 'api: The update paused.')],
  command: 'docker service update api',
  typed: null,
}

let rotation: Rotation
let answers: (url: string, posted: unknown) => { status: number; body: object }
let asked: string[]
let posted: { url: string; body: unknown }[]

beforeEach(() => {
  asked = []
  posted = []
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    const sent: unknown = init?.method === 'POST' ? JSON.parse(String(init.body)) : null
    if (url === '/api/rotations/r1') return new Response(JSON.stringify(rotation))
    if (sent) posted.push({ url, body: sent })
    else asked.push(url)
    const { status, body } = answers(url, sent)
    return new Response(JSON.stringify(body), { status })
  })
})

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

/** As the page of a rotation holds them: its acts, and the sheet that its address asks for. */
function Page() {
  const { data } = useRotation('r1')
  const open = rotationOpen(RotationSearch.parse(useSearch({ strict: false })))
  return (
    data && (
      <main>
        <h1 tabIndex={-1}>A rotation</h1>
        <RotationActs rotation={data} />
        <OperateRotation rotation={data} open={open} />
      </main>
    )
  )
}

async function show(one: Rotation, readOnly = false) {
  rotation = one
  const services = { api: aService({ name: 'api' }) }
  const { showRouted } = aConsole(fresh({ ...aCluster(services), readOnly }))
  return showRouted(Page, ['/services/$name', '/secrets/$name'])
}

const button = (name: string) => screen.findByRole('button', { name })
const isBlocked = (one: HTMLElement) => one.getAttribute('aria-disabled') === 'true'
const ok = (body: object) => ({ status: 200, body })

/** Opens the sheet by its button, as somebody at a keyboard does. */
async function open(name: string) {
  const opener = await button(name)
  opener.focus()
  fireEvent.click(opener)
  const sheet = await screen.findByRole('dialog')
  return { opener, sheet: within(sheet), dialog: sheet }
}

test('a rollback is shown as that of the service, and pressed with what was seen', async () => {
  const done = { ...stopped, consumers: [anUpdated('api', { state: 'rolled-back' })] }
  answers = (_, sent) => (sent ? { status: 202, body: done } : ok(rollback))
  await show(stopped)
  const { sheet } = await open('Roll back api')
  const press = await sheet.findByRole('button', { name: 'Roll back api (restarts 2)' })
  expect(asked).toEqual(['/api/rotations/r1/rollback?service=api'])
  expect(sheet.getByRole('heading', { name: 'Roll back api' })).toBeTruthy()
  expect(sheet.getByText('Secret /run/secrets/db')).toBeTruthy()
  expect(sheet.getByText('docker service rollback api')).toBeTruthy()
  fireEvent.click(press)
  expect(posted).toEqual([])
  fireEvent.click(sheet.getByRole('checkbox', { name: /api runs 1 of 2 meanwhile/ }))
  fireEvent.click(press)
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  const body = { service: 'api', basis: 'basis', acknowledged: ['dips'] }
  expect(posted).toEqual([{ url: '/api/rotations/r1/rollback', body }])
  // What the server said of the rotation is what the page shows, at once.
  expect(screen.queryByRole('button', { name: 'Roll back api' })).toBeNull()
  await waitFor(() =>
    expect(document.activeElement).toBe(screen.getByRole('heading', { level: 1 })),
  )
  expect(asked).toHaveLength(1)
})

test('facts that moved bring the newer preview in place of what was to be pressed', async () => {
  const newer = { ...rollback, basis: 'newer', button: 'Roll back api (restarts 3)' }
  const words = { title: 'api changed.', next: 'Check it again.', requestId: 'r' }
  answers = (_, sent) =>
    sent
      ? { status: 409, body: { code: 'preview-outdated', ...words, preview: newer } }
      : ok({ ...rollback, checks: [] })
  await show(stopped)
  const { sheet } = await open('Roll back api')
  fireEvent.click(await sheet.findByRole('button', { name: 'Roll back api (restarts 2)' }))
  expect(
    await sheet.findByRole('button', { name: 'Roll back api (restarts 3)' }),
  ).toBeTruthy()
  expect(sheet.getByText(/api changed since you opened this/)).toBeTruthy()
})

test('to go on shows what each service is sent, and wants what is new of it ticked', async () => {
  // Another stop already: the button that opened this is there still.
  answers = (_, sent) => (sent ? { status: 202, body: stopped } : ok(onwards))
  await show(stopped)
  const { sheet } = await open('Go on')
  const press = await sheet.findByRole('button', { name: onwards.button })
  expect(sheet.getByText('1 service to update')).toBeTruthy()
  expect(sheet.getByText('What changes in its spec')).toBeTruthy()
  expect(isBlocked(press)).toBe(true)
  fireEvent.click(sheet.getByRole('checkbox'))
  fireEvent.click(press)
  await waitFor(() => expect(posted).toHaveLength(1))
  expect(posted).toEqual([
    {
      url: '/api/rotations/r1/resume',
      body: { basis: 'basis', acknowledged: ['api:resumes-bad-update'] },
    },
  ])
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  await waitFor(() =>
    expect(document.activeElement).toBe(screen.getByRole('heading', { level: 1 })),
  )
})

test('the old version goes once its name is typed', async () => {
  answers = (_, sent) =>
    sent ? { status: 202, body: { ...verified, state: 'retired' } } : ok(removal)
  await show(verified)
  const { sheet } = await open('Remove db_password_v6')
  const press = await sheet.findByRole('button', { name: removal.button })
  fireEvent.click(await sheet.findByRole('checkbox'))
  expect(isBlocked(press)).toBe(true)
  fireEvent.change(sheet.getByRole('textbox'), { target: { value: 'db_password_v6' } })
  fireEvent.click(press)
  await waitFor(() => expect(posted).toHaveLength(1))
  expect(posted[0]?.body).toEqual({
    basis: 'basis',
    acknowledged: ['rollback-window-open:db_password_v6'],
    typed: 'db_password_v6',
  })
})

test('the focus goes in; Escape closes, and leaves its way back to the browser', async () => {
  answers = () => ok(rollback)
  const router = await show(stopped)
  const { opener, dialog } = await open('Roll back api')
  await within(dialog).findByRole('button', { name: rollback.button })
  expect(dialog.contains(document.activeElement)).toBe(true)
  expect(router.state.location.search).toEqual({ do: 'rollback', service: 'api' })
  // What a browser makes of Escape.
  fireEvent(dialog, new Event('cancel', { cancelable: true }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(router.state.location.search).toEqual({})
  // The browser gives it back to what had it, as long as nobody takes it further.
  expect(opener.isConnected).toBe(true)
  expect(document.activeElement).not.toBe(screen.getByRole('heading', { level: 1 }))
  expect(posted).toEqual([])
})

test('what is blocked opens nothing, and says why', async () => {
  const why = 'A rollback of api would bring it back.'
  await show({ ...verified, retire: [aCheck('held-by-rollback-target', 'block', why)] })
  const remove = await button('Remove db_password_v6')
  expect(isBlocked(remove)).toBe(true)
  expect(screen.getByText(why)).toBeTruthy()
  fireEvent.click(remove)
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(asked).toEqual([])
})

test('a console that only looks says so beside each, and commands nothing', async () => {
  await show(stopped, true)
  for (const name of ['Roll back api', 'Go on', 'Leave it as it is']) {
    const one = await button(name)
    expect(isBlocked(one)).toBe(true)
    fireEvent.click(one)
  }
  expect(screen.getAllByText('This console is read-only.')).toHaveLength(3)
  expect([asked, posted]).toEqual([[], []])
})

test('to leave it as it is commands nothing, and is one press', async () => {
  answers = () => ok({ ...stopped, state: 'abandoned' })
  await show(stopped)
  fireEvent.click(await button('Leave it as it is'))
  await waitFor(() => expect(screen.queryByRole('button')).toBeNull())
  expect(posted).toEqual([{ url: '/api/rotations/r1/abandon', body: {} }])
})
