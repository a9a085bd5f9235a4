import { aCluster } from '@skep/shared/contract/cluster.fixture'
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import { aConsole, fresh } from '../../cluster/console.fixture.tsx'
import { ConfigEditor } from './ConfigEditor.tsx'
import { emptyValue, payloadOf } from './stored-value.ts'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

/** Opens an edited copy of this content; answers what would be stored. */
function open(text: string): () => string {
  const content = { name: 'app_v1', bytes: text.length, kind: 'text', text, masked: 0 }
  const body = JSON.stringify({ ...content, finalNewline: true, same: null })
  vi.stubGlobal('fetch', async () => new Response(body))
  let stored = ''
  const take = (payload: Uint8Array) => {
    stored = new TextDecoder('utf-8', { ignoreBOM: true }).decode(payload)
  }
  aConsole(fresh(aCluster({}))).show(<Editing onPayload={take} />)
  return () => stored
}

function Editing({ onPayload }: { onPayload: (payload: Uint8Array) => void }) {
  const [draft, setDraft] = useState(() => emptyValue('config'))
  onPayload(payloadOf(draft))
  return <ConfigEditor name="app_v1" next="app_v2" draft={draft} onDraft={setDraft} />
}

const field = () =>
  screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'New content' })
const edit = async (from: string, to: string) => {
  const area = await field()
  await vi.waitFor(() => expect(area.value).toContain(from))
  // As a browser hands it over: with line feeds alone.
  const value = area.value.replaceAll('\r\n', '\n').replace(from, to)
  fireEvent.change(area, { target: { value } })
}

test('an edited copy keeps its byte order mark and its line ends, and says so', async () => {
  const stored = open('\ufeffa: 1\r\nb: 2\r\n')
  await edit('b: 2', 'b: 3')
  expect(stored()).toBe('\ufeffa: 1\r\nb: 3\r\n')
  expect(
    screen.getByText(/end with a carriage return and a line feed, and so/),
  ).toBeTruthy()
  expect(screen.getByText(/begins with a byte order mark/)).toBeTruthy()
  expect(screen.getByText(/^1 line of/, { exact: false })).toBeTruthy()
})

test('of mixed line ends it says what becomes of them', async () => {
  const stored = open('a: 1\r\nb: 2\n')
  await edit('b: 2', 'b: 3')
  expect(stored()).toBe('a: 1\nb: 3\n')
  expect(screen.getByText(/do not all end alike/)).toBeTruthy()
})

test('of usual ones it says nothing', async () => {
  const stored = open('a: 1\nb: 2\n')
  await edit('b: 2', 'b: 3')
  expect(stored()).toBe('a: 1\nb: 3\n')
  expect(screen.queryByText(/line feed/)).toBeNull()
})
