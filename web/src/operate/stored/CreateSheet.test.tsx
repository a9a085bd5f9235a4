import { aCluster } from '@skep/shared/contract/cluster.fixture'
import type { StoredKind } from '@skep/shared/contract/stored'
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { aConsole, fresh } from '../../cluster/console.fixture.tsx'
import { CreateSheet } from './CreateSheet.tsx'

let sent: { url: string; body: unknown }[]
let answer: { status: number; body: object }

beforeEach(() => {
  sent = []
  answer = { status: 201, body: { id: 'id1', name: 'db_v1' } }
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    sent.push({ url, body: JSON.parse(String(init?.body)) })
    return new Response(JSON.stringify(answer.body), { status: answer.status })
  })
})

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

function open(kind: StoredKind, readOnly = false) {
  const { client, show } = aConsole(fresh({ ...aCluster({}), readOnly }))
  const onCreated = vi.fn<(name: string) => void>()
  show(
    <CreateSheet
      kind={kind}
      taken={(name) => name === 'taken'}
      onClose={() => undefined}
      onCreated={onCreated}
    />,
  )
  return { client, onCreated }
}

const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name })
const type = (name: string, value: string) =>
  fireEvent.change(field(name), { target: { value } })
const press = (name: RegExp) => fireEvent.click(screen.getByRole('button', { name }))
const data = () => {
  const body = sent[0]?.body
  if (typeof body !== 'object' || body === null || !('data' in body)) return null
  return atob(String(body.data))
}

/** Adds a line for a label, and fills it in. */
function addLabel(key: string, value: string) {
  press(/Add a label/)
  const last = (name: RegExp) => {
    const field = screen.getAllByRole('textbox', { name }).at(-1)
    if (!field) throw new Error(`there is no field ${name}`)
    return field
  }
  fireEvent.change(last(/^Key of the new label/), { target: { value: key } })
  fireEvent.change(last(/^Value of /), { target: { value } })
}

test('labels travel with it, without the lines that were left empty', async () => {
  open('config')
  type('Name', 'nginx_v1')
  type('Content', 'a: 1')
  addLabel(' owner ', 'team=web')
  addLabel('rotation-days', '90')
  addLabel('', '')
  press(/Create config nginx_v1/)
  const labels = { owner: 'team=web', 'rotation-days': '90' }
  await waitFor(() => expect(sent).toMatchObject([{ body: { labels } }]))
})

test.each([
  { key: '', value: 'x', says: /needs a key/ },
  { key: 'a b', value: 'x', says: /no spaces/ },
  { key: 'k'.repeat(201), value: 'x', says: /200 characters at most/ },
  { key: 'owner', value: 'x', says: /owner is there already/ },
])('a label that cannot be sent is shown: $says', async ({ key, value, says }) => {
  open('secret')
  type('Name', 'db_v1')
  type('Value', 'hunter2')
  addLabel('owner', 'me')
  addLabel(key, value)
  press(/Create secret/)
  expect(sent).toEqual([])
  expect(screen.getAllByText(says).length).toBeGreaterThan(0)
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Key of the new label')
  const [undo] = screen.getAllByRole('button', { name: /^Undo adding/ }).reverse()
  if (undo) fireEvent.click(undo)
  press(/Create secret/)
  await waitFor(() => expect(sent).toMatchObject([{ body: { labels: { owner: 'me' } } }]))
})

test('a value travels in the body, and nothing of it stays behind', async () => {
  const { client, onCreated } = open('secret')
  type('Name', 'db_v1')
  type('Value', 'hunter2')
  press(/Create secret db_v1/)
  await waitFor(() => expect(onCreated).toHaveBeenCalledWith('db_v1'))
  expect(sent).toEqual([
    { url: '/api/secrets', body: { name: 'db_v1', data: btoa('hunter2'), labels: {} } },
  ])
  expect(field('Value').value).toBe('')
  const kept = [...client.getQueryCache().getAll(), ...client.getMutationCache().getAll()]
  expect(JSON.stringify(kept.map(({ state }) => state))).not.toContain('hunter2')
})

test('the browser is told to remember nothing of it', () => {
  open('secret')
  expect(field('Value').getAttribute('autocomplete')).toBe('off')
  expect(field('Name').getAttribute('autocomplete')).toBe('off')
})

test('names and sizes are judged before anything is sent', () => {
  open('secret')
  press(/Create secret/)
  expect(document.activeElement).toBe(field('Name'))
  type('Name', 'taken')
  expect(screen.getAllByText(/There is one of this name/).length).toBeGreaterThan(0)
  type('Name', 'db_v1')
  type('Value', 'x'.repeat(512_000))
  expect(screen.getAllByText(/holds less than 512,000 bytes/).length).toBeGreaterThan(0)
  press(/Create secret/)
  expect(sent).toEqual([])
  type('Value', 'é')
  expect(screen.getByText(/^2 of less than 512,000 bytes/)).toBeTruthy()
})

test('a newline at the end of a secret is asked about', async () => {
  open('secret')
  type('Name', 'db_v1')
  type('Value', 'hunter2\n')
  press(/Create secret/)
  expect(sent).toEqual([])
  fireEvent.click(screen.getByRole('radio', { name: /Cut it off/ }))
  press(/Create secret/)
  await waitFor(() => expect(data()).toBe('hunter2'))
})

test('of a config it is kept unless somebody cuts it', async () => {
  open('config')
  type('Name', 'nginx_v1')
  type('Content', 'a: 1\n')
  press(/Create config/)
  await waitFor(() => expect(data()).toBe('a: 1\n'))
})

test('a generated value is shown once, with 32 letters and digits, and sent', async () => {
  open('secret')
  type('Name', 'db_v1')
  press(/^Generate$/)
  press(/Generate a value/)
  const shown = document.querySelector('[data-generated]')?.textContent
  expect(shown).toMatch(/^[A-Za-z0-9]{32}$/)
  press(/Create secret/)
  await waitFor(() => expect(data()).toBe(shown))
  await waitFor(() => expect(document.querySelector('[data-generated]')).toBeNull())
})

test('a refusal is said as it is, and nothing that was typed is lost', async () => {
  const words = { title: 'There is one of this name.', next: 'Choose another.' }
  answer = { status: 409, body: { code: 'name-taken', requestId: 'r', ...words } }
  const { onCreated } = open('secret')
  type('Name', 'db_v1')
  type('Value', 'hunter2')
  press(/Create secret/)
  expect((await screen.findByRole('alert')).textContent).toContain('Choose another.')
  expect(field('Value').value).toBe('hunter2')
  expect(onCreated).not.toHaveBeenCalled()
})

test('a read-only console says so, and sends nothing', () => {
  open('secret', true)
  type('Name', 'db_v1')
  type('Value', 'hunter2')
  press(/Create secret/)
  expect(screen.getByText('This console is read-only.')).toBeTruthy()
  expect(sent).toEqual([])
})
