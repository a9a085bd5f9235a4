import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { Command } from './Command.tsx'

afterEach(cleanup)

test('a command may break between its words, and is the same to whoever copies it', () => {
  const text = 'docker service update --secret-rm db_v1 web\ndocker secret rm db_v1'
  render(<Command text={text} />)
  const code = screen.getByText(/^docker service/)
  expect(code.textContent).toBe(text)
  expect(code.innerHTML.replaceAll('<wbr>', '|')).toBe(text.replaceAll(' ', ' |'))
  // What does not fit is scrolled with the keyboard, too.
  expect(code.tabIndex).toBe(0)
})
