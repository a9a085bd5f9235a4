import { expect, test } from 'vitest'
import { logText } from './log-text.ts'

const esc = '\u001b'

test.each([
  ['plain text, ünïcödé and\ttabs', 'plain text, ünïcödé and\ttabs', 'left alone'],
  [`${esc}[1;31mERROR${esc}[0m gone`, 'ERROR gone', 'colours'],
  [`${esc}[2J${esc}[Hcleared`, 'cleared', 'clearing the screen'],
  [`${esc}]0;owned\u0007after`, 'after', 'the title of a terminal'],
  [`${esc}]8;;https://evil.example${esc}\\click${esc}]8;;${esc}\\`, 'click', 'links'],
  [`${esc}]0;never ended`, '', 'a sequence without an end'],
  [`50%\r100%`, '50%^M100%', 'returning to the start of the line'],
  ['bell\u0007', 'bell^G', 'other control characters'],
  ['\u009b31mred', 'red', 'the eight-bit CSI'],
  ['a\u202egnp.exe', 'a‹U+202E›gnp.exe', 'turning the text around'],
  ['zero\u200bwidth', 'zero‹U+200B›width', 'what has no width'],
  [`lone ${esc}`, 'lone ^[', 'an escape that begins nothing'],
])('%j becomes %j: %s', (raw, text) => {
  expect(logText(raw)).toBe(text)
})

test('a line as long as a file is cut, and says so', () => {
  const text = logText('x'.repeat(100_000))
  expect(text.length).toBeLessThan(10_000)
  expect(text).toMatch(/… and 91808 characters more$/)
})

test('markup stays text', () => {
  expect(logText('<img src=x onerror=alert(1)>')).toBe('<img src=x onerror=alert(1)>')
})
