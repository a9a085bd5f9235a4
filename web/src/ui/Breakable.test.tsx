import { cleanup, render } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { Breakable } from './Breakable.tsx'

afterEach(cleanup)

test.each([
  ['registry:5000/team/web:2.8.1', 'registry:|5000/|team/|web:|2.8.1'],
  ['/var/lib/data/', '/|var/|lib/|data/'],
  ['shop_web', 'shop_|web'],
  ['web', 'web'],
])('%s may break into %s, and reads as before', (text, parts) => {
  const { container } = render(<Breakable text={text} />)
  expect(container.innerHTML.replaceAll('<wbr>', '|')).toBe(parts)
  expect(container.textContent).toBe(text)
})
