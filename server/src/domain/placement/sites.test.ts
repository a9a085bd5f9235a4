import { describe, expect, test } from 'vitest'
import { aNode, aService, aState, aTask } from '../entities.fixture.ts'
import type { Port, Task } from '../state.ts'
import { siteOf } from './sites.ts'

const host = (published: number): Port => ({
  published,
  target: 80,
  protocol: 'tcp',
  mode: 'host',
})
const node = aNode()

/** The ports in use where a service, if it is there, asks for 9090 today. */
const used = (task: Partial<Task>, isThere = true) =>
  [
    ...siteOf(
      aState({
        nodes: [node],
        services: isThere ? [aService({ ports: [host(9090)] })] : [],
        tasks: [aTask(task)],
      }),
      node,
    ).ports,
  ].sort()

describe('the host ports that a task holds', () => {
  test.each<{ why: string; task: Partial<Task>; ports: string[] }>([
    { why: 'of its spec', task: { hostPorts: ['9090/tcp'] }, ports: ['9090/tcp'] },
    // On the host network a container has none of its own; the scheduler counts them.
    { why: 'counted all the same', task: { hostPorts: [] }, ports: ['9090/tcp'] },
    {
      why: 'of the spec before an update that paused',
      task: { upToDate: false, hostPorts: ['8080/tcp'] },
      ports: ['8080/tcp'],
    },
    { why: 'none before it', task: { upToDate: false, hostPorts: [] }, ports: [] },
    {
      why: 'where the engine cannot say of which spec it is',
      task: { upToDate: null, hostPorts: ['8080/tcp'] },
      ports: ['8080/tcp'],
    },
    {
      why: 'not told before it runs: as of its service',
      task: { state: 'preparing', upToDate: false, hostPorts: null },
      ports: ['9090/tcp'],
    },
    {
      why: 'none once it has ended',
      task: { state: 'shutdown', hostPorts: ['8080/tcp'] },
      ports: [],
    },
  ])('$why', ({ task, ports }) => {
    expect(used(task)).toEqual(ports)
  })

  test('are held by the last tasks of a service that was removed', () => {
    const stopping = { desired: 'remove', upToDate: false } as const
    expect(used({ ...stopping, hostPorts: ['8080/tcp'] }, false)).toEqual(['8080/tcp'])
    expect(used({ ...stopping, hostPorts: null }, false)).toEqual([])
  })
})
