import { describe, expect, test } from 'vitest'
import { parseLogLine } from './log-line.ts'

const AT = '2026-11-21T08:35:16.140200154Z'
const DETAILS =
  'com.docker.swarm.node.id=dow1eb9pwl8dn1nykgw8pcfpq,' +
  'com.docker.swarm.service.id=q4t2x4ixe9uydjcvi6nkiv95k,' +
  'com.docker.swarm.task.id=qozhfk7if7rm37k4yyt0yeqsw'
const from = {
  at: AT,
  nodeId: 'dow1eb9pwl8dn1nykgw8pcfpq',
  taskId: 'qozhfk7if7rm37k4yyt0yeqsw',
}

describe('parseLogLine', () => {
  test.each([
    ['demo v1: heartbeat 3\n', 'demo v1: heartbeat 3'],
    ['from a terminal\r\n', 'from a terminal'],
    ['no line end', 'no line end'],
    ['\n', ''],
    ['  indented  \n', '  indented  '],
    [`${AT} ${DETAILS} quoted\n`, `${AT} ${DETAILS} quoted`],
  ])('%j', (line, text) => {
    expect(parseLogLine(`${AT} ${DETAILS} ${line}`)).toEqual({ ...from, text })
  })

  test('details of the log driver may stand around', () => {
    const line = `${AT} ${'a=b%20c'},${DETAILS},zone=eu ready\n`
    expect(parseLogLine(line)).toEqual({ ...from, text: 'ready' })
  })

  test('what has no time is text, whatever it pretends', () => {
    const text = `${DETAILS} hello`
    expect(parseLogLine(text)).toEqual({ at: null, nodeId: null, taskId: null, text })
  })

  test('what has no details is not made shorter', () => {
    const line = `${AT} key=value hello`
    expect(parseLogLine(line)).toMatchObject({
      at: AT,
      taskId: null,
      text: 'key=value hello',
    })
  })
})
