import type { Patch } from '@skep/shared/contract/patch'
import { expect, test } from 'vitest'
import { aNode, aService, aState, aTask } from '../domain/entities.fixture.ts'
import { advance } from '../domain/residency-ledger.ts'
import { slotNews } from '../domain/slot-news.ts'
import { aShownMirror } from '../mirror/mirror.fixture.ts'
import type { Mirror } from '../mirror/mirror.ts'
import { replaceTasks } from '../mirror/replace.ts'
import { createFeed } from './feed.ts'

const log = { error: () => {} }
const readAt = { nodes: null, services: null, tasks: null, networks: null, stored: null }

/** The same, but it is known when somebody looks at it. */
const watched = <T extends { readonly id: string }>(seen: Set<string>, entity: T): T =>
  new Proxy(entity, {
    get: (target, field, receiver) => {
      seen.add(target.id)
      return Reflect.get(target, field, receiver)
    },
    ownKeys: (target) => {
      seen.add(target.id)
      return Reflect.ownKeys(target)
    },
  })

test('a change of one task looks at its service and its node, and at no other', () => {
  const seen = new Set<string>()
  const nodes = Array.from({ length: 20 }, (_, n) => aNode({ id: `n${n}` }))
  const services = Array.from({ length: 150 }, (_, n) => {
    const mode = { kind: 'replicated', replicas: 4 } as const
    return watched(seen, aService({ id: `s${n}`, name: `app${n}`, mode }))
  })
  const plain = services.flatMap(({ id }, n) =>
    [0, 1, 2, 3].map((slot) =>
      aTask({
        id: `${id}.${slot}`,
        serviceId: id,
        slot,
        nodeId: `n${(n + slot * 5) % 20}`,
      }),
    ),
  )
  const before = aState({
    nodes,
    services,
    tasks: plain.map((task) => watched(seen, task)),
  })
  const shown = aShownMirror(before)
  const times = () => ({ contactAt: Date.now(), readAt })
  const mirror = { ...shown, times } as unknown as Mirror // No more is asked of it.
  const none = { all: () => ({}), onChange: () => () => {} }
  const feed = createFeed(mirror, {
    epoch: 'boot',
    version: '0.1.0',
    readOnly: false,
    operations: none,
    residency: { current: () => new Map(), onChange: () => () => {} },
    rotations: { open: () => [], onChange: () => () => {} },
    onNews: () => {},
    log,
  })
  const patches: Patch[] = []
  feed.subscribe((patch) => patches.push(patch))
  const residency = advance(new Map(), before, Date.now()).residency
  const failed = { ...aTask({ ...plain[0], state: 'failed' }), version: 900 }

  seen.clear()
  const scope = { tasks: new Map([[failed.id, failed.serviceId]]) }
  const after = replaceTasks(before, [watched(seen, failed)], scope)
  shown.show(after)
  slotNews(before, after)
  advance(residency, after, Date.now(), before)
  feed.stop()

  expect(patches.map(({ services }) => Object.keys(services ?? {}))).toEqual([['app0']])
  const near = plain.filter(
    ({ serviceId, nodeId }) => serviceId === failed.serviceId || nodeId === failed.nodeId,
  )
  expect([...seen].toSorted()).toEqual(['s0', ...near.map(({ id }) => id)].toSorted())
})
