import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import type { Column } from './column.ts'
import { DataTable } from './DataTable.tsx'
import type { Sort } from './sort.ts'

type Row = { name: string; size: number }

const columns: Column<Row>[] = [
  {
    key: 'name',
    header: 'Name',
    sortBy: ({ name }) => name,
    cell: ({ name }) => <a href={`#${name}`}>{name}</a>,
  },
  { key: 'size', header: 'Size', sortBy: ({ size }) => size, cell: ({ size }) => size },
  { key: 'note', header: 'Note', cell: () => <button type="button">Explain</button> },
  { key: 'more', header: 'More', cell: () => 'told elsewhere', roomyOnly: true },
]
const rows = [
  { name: 'n10', size: 1 },
  { name: 'n2', size: 3 },
  { name: 'n1', size: 2 },
]

function Table({ shown = rows }: { shown?: Row[] }) {
  const [sort, setSort] = useState<Sort | null>({ key: 'name', direction: 'ascending' })
  return (
    <DataTable
      label="Things"
      columns={columns}
      rows={shown}
      rowKey={({ name }) => name}
      sort={sort}
      onSort={setSort}
      empty={<p>No things yet.</p>}
    />
  )
}

const names = () => screen.getAllByRole('rowheader').map(({ textContent }) => textContent)
const header = (name: string) => screen.getByRole('columnheader', { name })
const focused = () => document.activeElement?.textContent

afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

test('headers sort, and say which way', () => {
  render(<Table />)
  expect(names()).toEqual(['n1', 'n2', 'n10'])
  fireEvent.click(screen.getByRole('button', { name: 'Name' }))
  expect(names()).toEqual(['n10', 'n2', 'n1'])
  expect(header('Name').getAttribute('aria-sort')).toBe('descending')
  fireEvent.click(screen.getByRole('button', { name: 'Size' }))
  expect(names()).toEqual(['n10', 'n1', 'n2'])
  expect(header('Name').hasAttribute('aria-sort')).toBe(false)
  expect(screen.queryByRole('button', { name: 'Note' })).toBeNull()
})

test('the arrows walk the rows, from link to link, and stop at the ends', () => {
  render(<Table />)
  screen.getByRole('link', { name: 'n1' }).focus()
  const press = (key: string) =>
    fireEvent.keyDown(document.activeElement ?? document, { key })
  press('ArrowDown')
  expect(focused()).toBe('n2')
  press('ArrowDown')
  press('ArrowDown')
  expect(focused()).toBe('n10')
  press('ArrowUp')
  expect(focused()).toBe('n2')
})

test('a click anywhere in a row is a click on its link, unless it had another aim', () => {
  render(<Table />)
  const onClick = vi.fn<(event: Event) => void>()
  screen.getByRole('link', { name: 'n2' }).addEventListener('click', onClick)
  const row = screen.getAllByRole('row')[2]
  fireEvent.click(row?.querySelectorAll('td')[0] ?? document)
  expect(onClick).toHaveBeenCalledTimes(1)
  fireEvent.click(row?.querySelector('button') ?? document)
  expect(onClick).toHaveBeenCalledTimes(1)
})

test('without rows there is no table, but a sentence', () => {
  render(<Table shown={[]} />)
  expect(screen.queryByRole('table')).toBeNull()
  expect(screen.getByText('No things yet.')).toBeDefined()
})

/** A window as wide as that. */
const windowOf = (width: number) =>
  vi.stubGlobal('matchMedia', (query: string) => {
    const [, bound, pixels] = /(min|max)-width: (\d+)px/.exec(query) ?? []
    const matches = bound === 'min' ? width >= Number(pixels) : width <= Number(pixels)
    const nothing = () => undefined
    return { matches, addEventListener: nothing, removeEventListener: nothing }
  })

test('what is told elsewhere as well waits for a window with room for it', () => {
  windowOf(1280)
  render(<Table />)
  expect(header('Note')).toBeTruthy()
  expect(screen.queryByRole('columnheader', { name: 'More' })).toBeNull()
  cleanup()
  windowOf(1440)
  render(<Table />)
  expect(header('More')).toBeTruthy()
})

test('the frame is a stop of the keyboard only where there is something to scroll', () => {
  render(<Table />)
  expect(screen.getByRole('region', { name: 'Things' }).tabIndex).toBe(-1)
  cleanup()
  vi.spyOn(HTMLElement.prototype, 'scrollWidth', 'get').mockReturnValue(900)
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(700)
  render(<Table />)
  expect(screen.getByRole('region', { name: 'Things' }).tabIndex).toBe(0)
})
