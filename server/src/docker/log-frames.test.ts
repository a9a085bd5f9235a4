import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  createFrameCutter,
  createLineCutter,
  type LogFrame,
  logFrames,
} from './log-frames.ts'
import { chunkings, collect, frame } from './testdata/bytes.ts'

const AT = '2026-11-21T08:26:29.181193911Z'
const DETAILS =
  'com.docker.swarm.node.id=n1,com.docker.swarm.service.id=s1,com.docker.swarm.task.id=t1'
const COMPLAINT =
  'warning: incomplete log stream. some logs could not be retrieved for the following ' +
  'reasons: node pvsmo0ytzimbiv4dfohpjqiwy is not available'

const take = (bytes: Uint8Array) => createFrameCutter()(bytes)

async function* each(chunks: Uint8Array[]) {
  yield* chunks
}

describe('frames', () => {
  test('any frames, however they are cut', () => {
    const lines = fc.array(
      fc.tuple(fc.constantFrom(0, 1, 2), fc.string({ unit: 'grapheme' })),
    )
    const cases = lines.chain((pairs) => {
      const stream = Buffer.concat(pairs.map(([type, text]) => frame(type, text)))
      return fc.tuple(fc.constant(pairs), chunkings(stream))
    })
    fc.assert(
      fc.property(cases, ([pairs, chunks]) => {
        const cut = createFrameCutter()
        const expected = pairs.map(([type, payload]) => {
          return { stream: type === 2 ? 'stderr' : 'stdout', payload }
        })
        expect(chunks.flatMap((chunk) => cut(chunk))).toEqual(expected)
      }),
    )
  })

  test('the swarm’s complaint in mid-stream does not end the frames after it', () => {
    const found = take(
      Buffer.concat([
        frame(1, 'one\n'),
        frame(3, `Error grabbing logs: rpc error: code = Unknown desc = ${COMPLAINT}\n`),
        frame(2, 'two\n'),
      ]),
    )
    expect(found).toEqual([
      { stream: 'stdout', payload: 'one\n' },
      { stream: 'swarm', payload: COMPLAINT },
      { stream: 'stderr', payload: 'two\n' },
    ])
  })

  test('a hundred thousand small frames in one chunk', () => {
    const one = frame(1, 'x\n')
    expect(take(Buffer.concat(Array.from({ length: 100_000 }, () => one)))).toHaveLength(
      100_000,
    )
  })

  test('a line that comes as five frames is one', () => {
    const parts = [AT, ' ', DETAILS, ' ', 'hello\n']
    const split = Buffer.concat([
      ...parts.map((part) => frame(1, part)),
      ...parts.map((part) => frame(2, part)),
      frame(1, `${AT} ${DETAILS} whole\n`),
    ])
    expect(take(split)).toEqual([
      { stream: 'stdout', payload: `${AT} ${DETAILS} hello\n` },
      { stream: 'stderr', payload: `${AT} ${DETAILS} hello\n` },
      { stream: 'stdout', payload: `${AT} ${DETAILS} whole\n` },
    ])
  })

  test.each([
    ['an unknown type', Buffer.from([9, 0, 0, 0, 0, 0, 0, 1])],
    ['an absurd length', Buffer.from([1, 0, 0, 0, 255, 255, 255, 255])],
    ['a terminal’s output', Buffer.from(`${AT} ${DETAILS} hello\r\n`)],
  ])('%s is a protocol error', (_what, bytes) => {
    expect(() => take(bytes)).toThrow('has no frames')
  })
})

describe('a terminal', () => {
  test('any lines, however they are cut', () => {
    const text = `${AT} ${DETAILS} grüße 👋\r\n\n${AT} ${DETAILS} ende`
    const expected: LogFrame[] = text
      .split(/(?<=\n)/)
      .map((payload) => ({ stream: 'stdout', payload }))
    fc.assert(
      fc.property(chunkings(Buffer.from(text)), (chunks) => {
        const { take, rest } = createLineCutter()
        expect([...chunks.flatMap(take), ...rest()]).toEqual(expected)
      }),
    )
  })

  test('the swarm’s complaint is told apart, as it comes without a time', async () => {
    const raw = Buffer.from(
      `${AT} ${DETAILS} Error grabbing logs: not really\r\nError grabbing logs: ${COMPLAINT}\n`,
    )
    expect(await collect(logFrames(each([raw]), true))).toMatchObject([
      { stream: 'stdout' },
      { stream: 'swarm', payload: COMPLAINT },
    ])
  })
})
