import { cleanup, render } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { aStored } from './stored.fixture.ts'
import { UsedBy } from './UsedBy.tsx'

afterEach(cleanup)

const words = (fields: Parameters<typeof aStored>[1]) =>
  render(<UsedBy {...aStored('pw', fields)} />).container.textContent

test('nobody uses what is flagged so, and of the rest only services are told', () => {
  expect(words({ flags: ['unused'] })).toBe('nobody')
  expect(words({ flags: [] })).toBe('no service')
  expect(words({ volumes: [{ volume: 'data', key: 'password' }] })).toBe(
    'the driver of 1 cluster volume',
  )
})
