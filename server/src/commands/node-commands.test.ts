import type { NodeAsked } from '@skep/shared/contract/node-commands'
import { beforeEach, expect, test } from 'vitest'
import { away } from '../memory/memory.fixture.ts'
import { anEngine, type TestEngine } from '../mirror/engine.fixture.ts'
import { consentTo } from './consent.fixture.ts'
import { aConsole, type Console } from './console.fixture.ts'
import { createNodeCommands, type NodeCommands } from './node-commands.ts'

let engine: TestEngine
let parts: Console
let commands: NodeCommands

beforeEach(async () => {
  engine = anEngine()
  for (const id of ['m1', 'm2', 'm3']) engine.putNode(id)
  parts = await aConsole(engine)
  commands = createNodeCommands({ ...parts, residency: () => new Map() })
})

const label = (value: string): NodeAsked => ({
  kind: 'labels',
  set: [`zone=${value}`],
  unset: [],
})

const labelsOf = async (id: string) =>
  (await engine.api.nodes()).find(({ ID }) => ID === id)?.Spec.Labels

test('is written down, sent under the version of the node, and tracked', async () => {
  const consent = consentTo(await commands.preview(label('a'), 'm2'))
  const operation = await commands.run(label('a'), 'm2', consent, 'ana')
  expect(operation).toMatchObject({
    state: 'accepted',
    kind: 'labels',
    subject: { kind: 'node', name: 'm2', id: 'm2' },
  })
  expect(await labelsOf('m2')).toEqual({ zone: 'a' })
  const { entries } = await parts.memory.journal.page({ node: 'm2', limit: 10 })
  expect(entries[0]).toMatchObject({ kind: 'action', actor: 'ana' })
})

test('a report of the node that moves its version in between does no harm', async () => {
  const consent = consentTo(await commands.preview(label('a'), 'm2'))
  const { updateNode } = engine.api
  const sent: number[] = []
  engine.api.updateNode = (id, version, spec) => {
    if (sent.push(version) === 1) engine.putNode('m2')
    return updateNode(id, version, spec)
  }
  await commands.run(label('a'), 'm2', consent, 'ana')
  expect(sent).toHaveLength(2)
  expect(await labelsOf('m2')).toEqual({ zone: 'a' })
})

test('somebody who drained the node in between is not overruled', async () => {
  const consent = consentTo(await commands.preview(label('a'), 'm2'))
  const { updateNode } = engine.api
  engine.api.updateNode = (id, version, spec) => {
    engine.putNode('m2', {
      Spec: { Role: 'manager', Availability: 'drain' },
    })
    return updateNode(id, version, spec)
  }
  await expect(commands.run(label('a'), 'm2', consent, 'ana')).rejects.toMatchObject({
    refused: { status: 409, code: 'preview-outdated', preview: { kind: 'labels' } },
  })
  expect(await labelsOf('m2')).toBeUndefined()
  expect(Object.values(parts.operations.all())).toMatchObject([{ state: 'failed' }])
})

test('a node that nobody knows is a 404 with what to do', async () => {
  await expect(commands.preview({ kind: 'drain' }, 'w9')).rejects.toMatchObject({
    refused: {
      status: 404,
      code: 'no-such-node',
      next: expect.stringContaining('cluster'),
    },
  })
})

test('while the memory is away a look still tells what would be, and blocks', async () => {
  parts.memory.operations.list = away
  const preview = await commands.preview({ kind: 'drain' }, 'm2')
  expect(preview.checks[0]).toMatchObject({ id: 'memory-away', level: 'block' })
  expect(preview.command).toBe('docker node update --availability drain m2')
  await expect(
    commands.run({ kind: 'drain' }, 'm2', consentTo(preview), 'ana'),
  ).rejects.toMatchObject({ refused: { status: 422, code: 'checks-open' } })
  expect(engine.calls).not.toContain('update node')
})
