import { expect, test } from 'vitest'
import { Story } from '../story.fixture.ts'
import { matchesAll, parseConstraints } from './constraints.ts'

const story = new Story({
  nodes: [
    { hostname: 'm1', role: 'manager', labels: { Zone: 'Eu-West' }, addr: '10.0.7.5' },
  ],
})
const node = story.node('m1')

test.each([
  ['node.hostname==M1', true],
  ['node.role != worker', true],
  ['node.labels.Zone==eu-west', true],
  ['NODE.LABELS.Zone==eu-west', true],
  ['node.labels.zone==eu-west', false],
  ['node.labels.none==', null],
  ['node.labels.none!=x', true],
  ['node.platform.arch==amd64', false],
  ['node.platform.arch==x86_64', true],
  ['node.ip==10.0.7.0/24', true],
  ['node.ip!=10.0.7.5', false],
  ['node.ip!=nonsense', false],
  ['node.colour!=red', false],
  ['engine.labels.a!=b', true],
])('%s: %s', (text, expected) => {
  if (expected === null)
    expect(() => parseConstraints([text])).toThrow("value '' is invalid")
  else expect(matchesAll(parseConstraints([text]), node)).toBe(expected)
})

test.each([
  ['node.role=manager', 'constraint expected one operator from ==, !='],
  ['a!=b==c', "key 'a!=b' is invalid"],
  ['node.labels.a==b,c', "value 'b,c' is invalid"],
])('%s is refused: %s', (text, why) => {
  expect(() => parseConstraints([text])).toThrow(why)
})
