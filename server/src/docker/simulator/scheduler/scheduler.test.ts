import { describe, expect, test } from 'vitest'
import type { NodePlan } from '../node-plan.ts'
import { Story } from '../story.fixture.ts'

const replicas = (Replicas: number) => ({ Mode: { Replicated: { Replicas } } })
const GIB = 1024 ** 3

function errorsOf(story: Story, name: string): (string | undefined)[] {
  return [...new Set(story.live(name).map(({ Status }) => Status.Err))]
}

describe('without a suitable node', () => {
  const reservations = (Reservations: object) => ({
    TaskTemplate: { Resources: { Reservations } },
  })
  const placement = (Placement: object) => ({ TaskTemplate: { Placement } })
  const gpu = { GenericResources: [{ DiscreteResourceSpec: { Kind: 'gpu', Value: 1 } }] }

  // The texts are those of swarm-lab recordings/errors-28.txt.
  test.each([
    {
      spec: placement({ Constraints: ['node.labels.a==b'] }),
      why: 'scheduling constraints not satisfied on 5 nodes',
    },
    {
      spec: reservations({ MemoryBytes: 9 * GIB }),
      why: 'insufficient resources on 5 nodes',
    },
    { spec: reservations({ NanoCPUs: 5e9 }), why: 'insufficient resources on 5 nodes' },
    { spec: reservations(gpu), why: 'insufficient resources on 5 nodes' },
    {
      spec: placement({ Platforms: [{ OS: 'linux', Architecture: 'arm64' }] }),
      why: 'unsupported platform on 5 nodes',
    },
    {
      spec: {
        TaskTemplate: {
          ContainerSpec: {
            Mounts: [
              {
                Type: 'volume',
                Source: 'data',
                Target: '/data',
                VolumeOptions: { DriverConfig: { Name: 'rexray' } },
              },
            ],
          },
        },
      },
      why: 'missing plugin on 5 nodes',
    },
    {
      spec: {
        TaskTemplate: {
          ContainerSpec: { Mounts: [{ Type: 'cluster', Source: 'csi', Target: '/data' }] },
        },
      },
      why: 'cannot fulfill requested CSI volume mounts on 5 nodes',
    },
  ])('$why', ({ spec, why }) => {
    const story = new Story()
    story.create('web', spec)
    story.pass(1)
    expect(errorsOf(story, 'web')).toEqual([`no suitable node (${why})`])
    expect(story.live('web')[0]?.Status.Message).toBe('pending task scheduling')
  })

  test('because the others have the host port, or as many replicas as they may', () => {
    const story = new Story()
    story.create('port', {
      ...replicas(6),
      EndpointSpec: { Ports: [{ TargetPort: 80, PublishedPort: 80, PublishMode: 'host' }] },
    })
    story.create('few', { ...replicas(7), TaskTemplate: { Placement: { MaxReplicas: 1 } } })
    story.pass(5)
    expect(story.running('port')).toHaveLength(5)
    expect(story.running('few')).toHaveLength(5)
    expect(errorsOf(story, 'port')).toContain(
      'no suitable node (host-mode port already in use on 5 nodes)',
    )
    expect(errorsOf(story, 'few')).toContain(
      'no suitable node (max replicas per node limit exceed)',
    )
  })

  test('a task tells the ports of its node while its container runs', () => {
    const story = new Story()
    const port = (PublishedPort: number) => ({
      EndpointSpec: { Ports: [{ TargetPort: 80, PublishedPort, PublishMode: 'host' }] },
    })
    story.create('port', port(8080))
    story.until(() => story.running('port').length === 1)
    const told = { Protocol: 'tcp', TargetPort: 80, PublishMode: 'host' }
    const statusOf = (state: string) =>
      story.tasks('port').find(({ Status }) => Status.State === state)?.Status.PortStatus
    expect(statusOf('running')).toEqual({ Ports: [{ ...told, PublishedPort: 8080 }] })
    story.update('port', () => port(9090))
    story.until(
      () => statusOf('shutdown') !== undefined && statusOf('running') !== undefined,
    )
    expect(statusOf('shutdown')).toEqual({})
    expect(statusOf('running')).toEqual({ Ports: [{ ...told, PublishedPort: 9090 }] })
  })

  test('for several reasons: the most frequent first; global tasks without the frame', () => {
    const story = new Story()
    story.setNode('w2', { Availability: 'drain' })
    story.create('web', {
      TaskTemplate: { Placement: { Constraints: ['node.hostname==w2'] } },
    })
    const Resources = { Reservations: { MemoryBytes: 9 * GIB } }
    story.create('agent', { Mode: { Global: {} }, TaskTemplate: { Resources } })
    story.pass(1)
    expect(errorsOf(story, 'web')).toEqual([
      'no suitable node (scheduling constraints not satisfied on 4 nodes; 1 node not available for new tasks)',
    ])
    expect(errorsOf(story, 'agent')).toEqual(['insufficient resources on 1 node'])
  })

  test('a task waits, and runs once there is room', () => {
    const story = new Story()
    const Resources = { Reservations: { MemoryBytes: 8 * GIB } }
    story.create('big', { ...replicas(5), TaskTemplate: { Resources } })
    story.create('late', { TaskTemplate: { Resources } })
    story.pass(5)
    expect(story.running('late')).toEqual([])
    story.update('big', () => replicas(4))
    story.until(() => story.running('late').length === 1)
  })
})

describe('the choice of a node', () => {
  const zones: NodePlan[] = [
    { hostname: 'm1', role: 'manager', labels: { zone: 'a' } },
    { hostname: 'w1', labels: { zone: 'a' } },
    { hostname: 'w2', labels: { zone: 'a' } },
    { hostname: 'w3', labels: { zone: 'b' } },
  ]

  const countBy = (story: Story, name: string, key: (hostname: string) => string) => {
    const counts: Record<string, number> = {}
    for (const task of story.running(name)) {
      const where = key(story.hostnameOf(task))
      counts[where] = (counts[where] ?? 0) + 1
    }
    return counts
  }

  test('fewest tasks of the service first, then fewest tasks at all', () => {
    const story = new Story()
    story.create('web', replicas(13))
    story.until(() => story.running('web').length === 13)
    const counts = Object.values(countBy(story, 'web', (name) => name)).sort()
    expect(counts).toEqual([2, 2, 3, 3, 3])
    story.create('api', replicas(2))
    story.until(() => story.running('api').length === 2)
    const emptier = story
      .running('api')
      .map((t) => countBy(story, 'web', (n) => n)[story.hostnameOf(t)])
    expect(emptier).toEqual([2, 2])
  })

  test('spreads over the values of a label, whatever the number of nodes', () => {
    const story = new Story({ nodes: zones })
    const Preferences = [{ Spread: { SpreadDescriptor: 'node.labels.zone' } }]
    story.create('web', { ...replicas(8), TaskTemplate: { Placement: { Preferences } } })
    story.until(() => story.running('web').length === 8)
    const zoneOf = (hostname: string) =>
      zones.find((n) => n.hostname === hostname)?.labels?.zone ?? ''
    expect(countBy(story, 'web', zoneOf)).toEqual({ a: 4, b: 4 })
  })

  test('a branch that is full leaves the rest to the others', () => {
    const story = new Story({ nodes: zones })
    const Placement = {
      Preferences: [{ Spread: { SpreadDescriptor: 'node.labels.zone' } }],
      MaxReplicas: 2,
    }
    story.create('web', { ...replicas(8), TaskTemplate: { Placement } })
    story.until(() => story.running('web').length === 8)
  })

  test('avoids nodes where the service failed five times', () => {
    const story = new Story()
    story.create(
      'bad',
      { TaskTemplate: { RestartPolicy: { Delay: 1e9 } } },
      'demo/crash-on-start',
    )
    story.pass(120)
    const nodes = new Set(story.tasks('bad').map(({ NodeID }) => NodeID))
    expect(nodes.size).toBeGreaterThan(1)
  })

  test('named resources go to one task each', () => {
    const generic = ['g1', 'g2'].map((Value) => ({
      NamedResourceSpec: { Kind: 'gpu', Value },
    }))
    const story = new Story({ nodes: [{ hostname: 'm1', role: 'manager', generic }] })
    const Reservations = {
      GenericResources: [{ DiscreteResourceSpec: { Kind: 'gpu', Value: 1 } }],
    }
    story.create('ml', { ...replicas(3), TaskTemplate: { Resources: { Reservations } } })
    story.pass(5)
    const given = story.running('ml').flatMap((t) => t.GenericResources ?? [])
    expect(given.map((r) => r.NamedResourceSpec?.Value).sort()).toEqual(['g1', 'g2'])
    story.update('ml', () => replicas(0))
    story.pass(20)
    const info = story.swarm.scheduler.node(story.node('m1').ID)
    expect(info?.free.GenericResources).toHaveLength(2)
  })
})
