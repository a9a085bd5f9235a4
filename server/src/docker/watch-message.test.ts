import { expect, test } from 'vitest'
import { changesOf, type TaskChange, type WatchMessage } from './watch-message.ts'

test('one change for each event, in their order', () => {
  const events = [
    { action: 1, object: { task: { id: 't1', serviceId: 's1' } } },
    { action: 2, object: { service: { id: 's1' } } },
    { action: 4, object: { node: { id: 'n1' } } },
    { action: 2, object: { task: { id: 't2', serviceId: '' } } },
  ]
  expect(changesOf({ events })).toEqual([
    { kind: 'task', action: 'create', id: 't1', serviceId: 's1' },
    { kind: 'service', action: 'update', id: 's1', serviceId: null },
    { kind: 'node', action: 'remove', id: 'n1', serviceId: null },
    { kind: 'task', action: 'update', id: 't2', serviceId: null },
  ])
})

test('the message that says "established", and objects we do not know, are no changes', () => {
  expect(changesOf({})).toEqual([])
  expect(changesOf({ events: [{ action: 2, object: {} }, { action: 8 }] })).toEqual([])
})

type Watched = NonNullable<NonNullable<WatchMessage['events']>[number]['object']>['task']

/** What a message says of the one task in it. */
const changeOf = (action: number, task: Watched): TaskChange | undefined =>
  changesOf({ events: [{ action, object: { ...(task && { task }) } }] }).find(
    (change) => change.kind === 'task',
  )

test('the course of a task, in the words of the engine', () => {
  const task = {
    id: 't1',
    serviceId: 's1',
    nodeId: 'n1',
    meta: { version: { index: 12 }, updatedAt: { seconds: 1, nanos: 999_999_999 } },
    desiredState: 'SHUTDOWN',
    status: {
      timestamp: { seconds: 2 },
      state: 'FAILED',
      err: 'task: non-zero exit (3)',
      container: { containerId: 'c1', exitCode: 3 },
      portStatus: { ports: [{ targetPort: 80, publishedPort: 8080, publishMode: 'HOST' }] },
    },
    volumes: [{}],
  }
  const change = changeOf(2, task)
  expect(change?.course).toEqual({
    Version: { Index: 12 },
    UpdatedAt: '1970-01-01T00:00:01.999Z',
    NodeID: 'n1',
    DesiredState: 'shutdown',
    Status: {
      Timestamp: '1970-01-01T00:00:02.000Z',
      State: 'failed',
      Message: '',
      Err: 'task: non-zero exit (3)',
      ContainerStatus: { ContainerID: 'c1', ExitCode: 3 },
      PortStatus: {
        Ports: [
          { Protocol: 'tcp', TargetPort: 80, PublishedPort: 8080, PublishMode: 'host' },
        ],
      },
    },
    volumes: 1,
  })
})

test('what is zero is left out of a message: a task that is new, and wants to be nothing else', () => {
  const task = { id: 't1', meta: { version: { index: 3 } }, status: {} }
  const change = changeOf(1, task)
  expect(change?.course).toMatchObject({
    NodeID: '',
    DesiredState: 'new',
    Status: { State: 'new', PortStatus: { Ports: [] } },
    volumes: 0,
  })
  expect(change?.course?.Status).not.toHaveProperty('ContainerStatus')
})

test('how a task was made, in the words of the engine', () => {
  const meta = { version: { index: 12 }, createdAt: { seconds: 1, nanos: 500_000_000 } }
  const made = (task: Watched) =>
    changeOf(1, { id: 't1', meta, status: {}, ...task })?.making
  const CreatedAt = '1970-01-01T00:00:01.500Z'
  const specVersion = { index: 7 }
  expect(made({ specVersion, slot: 3 })).toEqual({ CreatedAt, Slot: 3, specVersion: 7 })
  // The first spec of a service, and the first task of its first run as a job.
  const first = { CreatedAt, JobIteration: { Index: 0 }, specVersion: 0 }
  expect(made({ specVersion: {}, jobIteration: {} })).toEqual(first)
  expect(made({ slot: 3 })).toBeUndefined()
  expect(made({ specVersion, meta: { version: { index: 12 } } })).toBeUndefined()
})

test('without its version a task is no more than named', () => {
  const task = { id: 't1', status: { state: 'RUNNING' } }
  const change = changeOf(2, task)
  expect(change).not.toHaveProperty('course')
})

test('states, protocols and times that nobody knows break nothing', () => {
  const task = {
    id: 't1',
    meta: { version: { index: 3 }, updatedAt: { seconds: 1e18 } },
    desiredState: 900,
    status: { state: 901, portStatus: { ports: [{ protocol: 7 }] } },
  }
  const change = changeOf(2, task)
  expect(change?.course).toMatchObject({
    UpdatedAt: '',
    DesiredState: '900',
    Status: { State: '901', PortStatus: { Ports: [{ Protocol: '7' }] } },
  })
})
