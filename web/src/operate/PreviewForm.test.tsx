import { aCluster, aService } from '@skep/shared/contract/cluster.fixture'
import type { Preview } from '@skep/shared/contract/preview'
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { aConsole, fresh } from '../cluster/console.fixture.tsx'
import { CommandSheet } from './CommandSheet.tsx'
import { aCheck, aPreview } from './preview.fixture.ts'

const service = aService({ name: 'web', desired: 3 })
const warned = aPreview({
  checks: [aCheck('tag-only', 'warn', 'The target names a tag only.')],
})

/** Answers by method and path; what was posted is kept. */
let answers: (url: string, posted: unknown) => { status: number; body: object }
let posted: unknown[]

beforeEach(() => {
  posted = []
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    const sent: unknown = init?.method === 'POST' ? JSON.parse(String(init.body)) : null
    if (sent) posted.push(sent)
    const { status, body } = answers(url, sent)
    return new Response(JSON.stringify(body), { status })
  })
})

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

function open(kind: Preview['kind'], readOnly = false) {
  const { show } = aConsole(fresh({ ...aCluster({ web: service }), readOnly }))
  const onAccepted = vi.fn<(id: string) => void>()
  show(
    <CommandSheet
      kind={kind}
      version={null}
      replicas={null}
      service={service}
      onClose={() => undefined}
      onAccepted={onAccepted}
    />,
  )
  return { onAccepted }
}

const press = (name: string) => screen.findByRole('button', { name })
const isBlocked = (button: HTMLElement) => button.getAttribute('aria-disabled') === 'true'

test('a warning is ticked before the press, and the press names what was seen', async () => {
  answers = (_, sent) => (sent ? { status: 202, body: { id: 'op1' } } : ok(warned))
  const { onAccepted } = open('rollback')
  const button = await press('Roll back web (restarts 3)')
  expect(isBlocked(button)).toBe(true)
  fireEvent.click(button)
  expect(posted).toEqual([])
  const box = screen.getByRole('checkbox', { name: /The target names a tag only/ })
  expect(document.activeElement).toBe(box)

  fireEvent.click(box)
  expect(isBlocked(button)).toBe(false)
  fireEvent.click(button)
  await waitFor(() => expect(onAccepted).toHaveBeenCalledWith('op1'))
  expect(posted).toEqual([{ basis: 'basis', acknowledged: ['tag-only'] }])
})

test('a press on outdated facts brings the newer preview, and unticks what it changed', async () => {
  const checks = [aCheck('tag-only', 'warn', 'The target names no digest and is gone.')]
  const newer = aPreview({ basis: 'newer', button: 'Roll back web (restarts 4)', checks })
  const words = { title: 'web changed.', next: 'Check it again.', requestId: 'r' }
  answers = (_, sent) =>
    sent
      ? { status: 409, body: { code: 'preview-outdated', ...words, preview: newer } }
      : ok(warned)
  open('rollback')
  fireEvent.click(await screen.findByRole('checkbox'))
  fireEvent.click(await press('Roll back web (restarts 3)'))
  expect(isBlocked(await press('Roll back web (restarts 4)'))).toBe(true)
  expect(screen.getByText(/web changed since you opened this/)).toBeTruthy()
  expect(screen.getByRole<HTMLInputElement>('checkbox').checked).toBe(false)
  expect(screen.queryByRole('alert')).toBeNull()
})

test('a refusal is shown as it is said, and nothing that was typed is lost', async () => {
  const words = { title: 'Nothing was changed.', next: 'Ask ben.', requestId: 'r' }
  answers = (_, sent) =>
    sent
      ? { status: 403, body: { code: 'denied', ...words } }
      : ok(aPreview({ kind: 'remove', button: 'Remove web (stops 3)', typed: 'web' }))
  open('remove')
  const name = await screen.findByRole<HTMLInputElement>('textbox')
  fireEvent.change(name, { target: { value: 'web' } })
  fireEvent.click(await press('Remove web (stops 3)'))
  expect((await screen.findByRole('alert')).textContent).toContain('Ask ben.')
  expect(name.value).toBe('web')
  expect(posted).toEqual([{ basis: 'basis', acknowledged: [], typed: 'web' }])
})

test('the preview follows the number, and a slip of the finger asks for nothing', async () => {
  const asked: string[] = []
  answers = (url) => {
    asked.push(url)
    const replicas = new URL(url, 'http://console').searchParams.get('replicas')
    return ok(aPreview({ kind: 'scale', button: `Scale web to ${replicas}` }))
  }
  open('scale')
  const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'Replicas' })
  expect(field.value).toBe('3')
  fireEvent.change(field, { target: { value: '5' } })
  const button = await press('Scale web to 5')
  await waitFor(() => expect(isBlocked(button)).toBe(false))
  fireEvent.change(field, { target: { value: '5x' } })
  expect(isBlocked(button)).toBe(true)
  expect(screen.getAllByText('Type a whole number, such as 3.').length).toBeGreaterThan(0)
  expect(field.value).toBe('5x')
  expect(asked).toEqual(['/api/services/web/scale?replicas=5'])
})

test('a read-only console shows the preview, and says why it cannot be pressed', async () => {
  answers = () => ok(aPreview({}))
  open('rollback', true)
  expect(isBlocked(await press('Roll back web (restarts 3)'))).toBe(true)
  expect(screen.getByText('This console is read-only.')).toBeTruthy()
})

const ok = (body: object) => ({ status: 200, body })
