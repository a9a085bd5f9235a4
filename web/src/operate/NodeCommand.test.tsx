import { aCluster, aNode } from '@skep/shared/contract/cluster.fixture'
import type { Node } from '@skep/shared/contract/node'
import type { NodeCommandKind } from '@skep/shared/contract/node-commands'
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { aConsole, fresh } from '../cluster/console.fixture.tsx'
import { useNode } from '../cluster/queries.ts'
import { NodeCommand } from './NodeCommand.tsx'
import { aCheck, aNodePreview, aTask } from './preview.fixture.ts'

let answers: (url: URL, posted: unknown) => { status: number; body: object }
let asked: string[]
let posted: unknown[]

beforeEach(() => {
  asked = []
  posted = []
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    const sent: unknown = init?.method === 'POST' ? JSON.parse(String(init.body)) : null
    if (sent) posted.push(sent)
    else asked.push(path)
    const { status, body } = answers(new URL(path, 'http://console'), sent)
    return new Response(JSON.stringify(body), { status })
  })
})

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const ok = (body: object) => ({ status: 200, body })

type PageProps = {
  name: string
  kind: NodeCommandKind
  onAccepted: (operation: string) => void
}

function Page({ name, kind, onAccepted }: PageProps) {
  const node = useNode(name)
  const ends = { onClose: () => undefined, onAccepted }
  return node && <NodeCommand kind={kind} node={node} {...ends} />
}

async function open(kind: NodeCommandKind, node: Node) {
  const around = (node: Node) => fresh({ ...aCluster({}), nodes: { [node.name]: node } })
  const { tell, showRouted } = aConsole(around(node))
  const onAccepted = vi.fn<(id: string) => void>()
  await showRouted(() => <Page name={node.name} kind={kind} onAccepted={onAccepted} />)
  return { onAccepted, tell: (node: Node) => tell(around(node)) }
}

const press = (name: string) => screen.findByRole('button', { name })
const isBlocked = (button: HTMLElement) => button.getAttribute('aria-disabled') === 'true'

test('a drain that may lose data wants its box ticked and the name of the node typed', async () => {
  const preview = aNodePreview({
    tasks: [
      aTask(1, { service: 'pg', data: 'starts-empty', dataWhy: 'Nothing pins pgdata.' }),
    ],
    checks: [aCheck('data-at-risk', 'warn', 'pg would start empty.')],
    typed: 'w1',
  })
  answers = (_, sent) => (sent ? { status: 202, body: { id: 'op1' } } : ok(preview))
  const { onAccepted } = await open('drain', aNode({}))
  const button = await press('Drain w1 (moves 1)')
  expect(screen.getByText('Nothing pins pgdata.')).toBeTruthy()
  fireEvent.click(screen.getByRole('checkbox', { name: /pg would start empty/ }))
  expect(isBlocked(button)).toBe(true)
  fireEvent.change(screen.getByRole('textbox'), { target: { value: 'w1' } })
  fireEvent.click(button)
  await waitFor(() => expect(onAccepted).toHaveBeenCalledWith('op1'))
  expect(posted).toEqual([{ basis: 'basis', acknowledged: ['data-at-risk'], typed: 'w1' }])
})

test('when the node changes the preview is read again, and what was ticked is to be ticked anew', async () => {
  const warn = (sentence: string) => [aCheck('dips', 'warn', sentence)]
  answers = () => ok(aNodePreview({ checks: warn('web runs 1 of 2.') }))
  const { tell } = await open('drain', aNode({}))
  fireEvent.click(await screen.findByRole('checkbox'))
  answers = () => ok(aNodePreview({ basis: 'two', checks: warn('web is down.') }))
  tell(aNode({ tasks: { running: 4, live: 4 } }))
  expect(await screen.findByText(/w1, or what it runs, changed since/)).toBeTruthy()
  expect(screen.getByRole<HTMLInputElement>('checkbox').checked).toBe(false)
})

test('five hundred tasks stay a page: each of them is one press away', async () => {
  const tasks = Array.from({ length: 500 }, (_, i) =>
    aTask(i + 1, { service: `s${String(i % 50).padStart(2, '0')}` }),
  )
  answers = () => ok(aNodePreview({ tasks }))
  await open('drain', aNode({}))
  const head = await screen.findByText('500 tasks of 50 services')
  expect(screen.queryByText('s00')).toBeNull()
  const details = head.closest('details')
  if (!details) throw new Error('a group is a details')
  details.open = true
  fireEvent(details, new Event('toggle'))
  expect(await screen.findByRole('link', { name: 's00' })).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Show 38 more services' })).toBeTruthy()
  expect(screen.queryByText('s00.1')).toBeNull()
})

test('labels: the blast radius follows what is typed, and a slip keeps what was typed', async () => {
  answers = (url) =>
    ok(
      aNodePreview({
        kind: 'labels',
        sentence: `Sets ${url.searchParams.getAll('set').join(' and ')}.`,
        button: 'Change the labels of w1 (stops 2)',
        losesOnlyNode: ['pg'],
        gains: [
          {
            service: 'cache',
            tasks: 2,
            sure: 2,
            data: 'none',
            sentence: '2 waiting tasks fit here.',
          },
        ],
      }),
    )
  await open('labels', aNode({ labels: { disk: 'ssd' } }))
  fireEvent.change(screen.getByRole('textbox', { name: /disk/ }), {
    target: { value: 'hdd' },
  })
  fireEvent.click(screen.getByRole('button', { name: 'Add a label' }))
  const key = screen.getByRole<HTMLInputElement>('textbox', {
    name: 'Key of the new label',
  })
  fireEvent.change(key, { target: { value: 'zone b' } })
  expect(screen.getAllByText('A key holds no spaces.').length).toBeGreaterThan(0)
  expect(key.value).toBe('zone b')
  expect(asked).toEqual([])
  fireEvent.change(key, { target: { value: 'zone' } })
  fireEvent.change(screen.getByRole('textbox', { name: 'Value of zone' }), {
    target: { value: 'b' },
  })
  expect(await screen.findByText('Sets disk=hdd and zone=b.')).toBeTruthy()
  expect(screen.getByText('1 service no node would take')).toBeTruthy()
  expect(screen.getByText(/2 waiting tasks fit here/)).toBeTruthy()
  expect(asked).toEqual(['/api/nodes/w1/labels?set=disk%3Dhdd&set=zone%3Db'])
})

test('a label that is taken away can be put back', async () => {
  answers = () => ok(aNodePreview({ kind: 'labels' }))
  await open('labels', aNode({ labels: { disk: 'ssd' } }))
  fireEvent.click(screen.getByRole('button', { name: 'Remove disk' }))
  expect(screen.getByText('will be removed')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Undo the change of disk' }))
  expect(screen.getByText(/^Add, change or remove a label/)).toBeTruthy()
})

test('removal by force is another question', async () => {
  answers = (url) => {
    const force = url.searchParams.get('force') === 'true'
    const checks = force ? [] : [aCheck('node-not-down', 'block', 'w1 is not down.')]
    return ok(aNodePreview({ kind: 'remove', button: 'Remove w1', checks }))
  }
  await open('remove', aNode({}))
  expect((await screen.findAllByText('w1 is not down.')).length).toBeGreaterThan(0)
  fireEvent.click(screen.getByRole('checkbox', { name: /even if it is not down/ }))
  await waitFor(() => expect(screen.queryByText('w1 is not down.')).toBeNull())
  expect(asked).toEqual(['/api/nodes/w1/remove', '/api/nodes/w1/remove?force=true'])
})
