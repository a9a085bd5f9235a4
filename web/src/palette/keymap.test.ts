import { expect, test } from 'vitest'
import { keymap, type Pressed, pairWithin, press } from './keymap.ts'

/** The commands that a row of keys gives, each pressed a while after the one before. */
function commands(keys: string, pause = 100) {
  let pressed: Pressed = null
  return [...keys].map((key, i) => {
    const result = press(pressed, key, i * pause)
    pressed = result.pressed
    return result.command
  })
}

test.each([
  { keys: 'gs', commands: [null, 'go-services'], why: 'a pair' },
  { keys: 'j', commands: ['next-row'], why: 'a single key' },
  { keys: 'gp', commands: [null, 'hold'], why: 'a false start is forgotten' },
  { keys: 'ggn', commands: [null, null, 'go-now'], why: 'the last start counts' },
  { keys: 'gq', commands: [null, null], why: 'no such pair' },
  { keys: 'n', commands: [null], why: 'the second key alone means nothing' },
])('$keys: $why', ({ keys, commands: expected }) => {
  expect(commands(keys)).toEqual(expected)
})

test('a pair that takes too long is none', () => {
  expect(commands('gn', pairWithin + 1)).toEqual([null, null])
})

test('no binding is the beginning of another', () => {
  const clashes = keymap.filter(({ keys }) =>
    keymap.some((other) => other.keys.startsWith(`${keys} `)),
  )
  expect(clashes).toEqual([])
})
