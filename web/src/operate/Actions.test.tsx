import { aCluster, aService } from '@skep/shared/contract/cluster.fixture'
import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { aConsole, fresh } from '../cluster/console.fixture.tsx'
import { Actions } from './Actions.tsx'

afterEach(cleanup)

const words = {
  scale: { verb: 'Scale' },
  settings: { verb: 'Settings' },
  remove: { verb: 'Remove' },
}
const offers = {
  first: [{ kind: 'scale', refusal: null }],
  more: [
    { kind: 'settings', refusal: null },
    { kind: 'remove', refusal: null },
  ],
} as const

test('the menu begins on its first item, and gives the focus back to its button', async () => {
  const onOpen = vi.fn<(kind: string) => void>()
  const { show } = aConsole(fresh(aCluster({ web: aService({}) })))
  show(
    <Actions<keyof typeof words>
      offers={{ first: [...offers.first], more: [...offers.more] }}
      words={words}
      onOpen={onOpen}
    />,
  )
  const more = screen.getByRole('button', { name: 'More' })
  act(() => more.focus())
  fireEvent.click(more)
  const first = await screen.findByRole('menuitem', { name: 'Settings' })
  await waitFor(() => expect(document.activeElement).toBe(first))
  fireEvent.keyDown(first, { key: 'Escape' })
  await waitFor(() => expect(document.activeElement).toBe(more))
  expect(onOpen).not.toHaveBeenCalled()
  fireEvent.click(more)
  fireEvent.click(await screen.findByRole('menuitem', { name: 'Remove' }))
  // Where the sheet will return the focus to.
  expect(document.activeElement).toBe(more)
  expect(onOpen).toHaveBeenCalledWith('remove')
})
