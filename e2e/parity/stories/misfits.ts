import { image, type SpecChange, serviceSpec } from '../specs.ts'
import { Player, type Stage } from './story.ts'

const placed = { Placement: { Constraints: ['node.role==manager'] } }

/** What cannot start on any node, in the node's words. */
export async function unfit(stage: Stage): Promise<void> {
  const once = { template: { RestartPolicy: { Condition: 'none' }, ...placed } }
  const cases: Record<string, object> = {
    'a missing image': { image: image('web', 'nosuchtag') },
    'a missing bind source': {
      container: { Mounts: [{ Type: 'bind', Source: '/no/such/dir', Target: '/x' }] },
    },
    'a missing command': { container: { Command: ['/no/such/binary'] } },
    'a failing health check': { image: image('web', 'unhealthy') },
  }
  await Promise.all(
    Object.entries(cases).map(async ([name, change], index) => {
      const spec = serviceSpec(`unfit-${index}`, { ...once, ...change })
      const player = await Player.enter(stage, spec)
      await player.ended(1)
      stage.session.tell(`story: ${name}`, player.lines())
      await player.leave()
    }),
  )
}

/** What no node takes, in the scheduler's words. */
export async function unplaced(stage: Stage): Promise<void> {
  const place = (Placement: object, rest: object = {}) => ({
    template: { Placement, ...rest },
  })
  const here = { Constraints: ['node.role==manager'] }
  const reserve = (Reservations: object) => place({}, { Resources: { Reservations } })
  const cases: Record<string, [spec: SpecChange, waiting: number]> = {
    'a constraint that no node meets': [
      place({ Constraints: ['node.labels.moon==full'] }),
      1,
    ],
    'two constraints': [
      place({ Constraints: ['node.role==worker', 'node.labels.moon==full'] }),
      1,
    ],
    'too much memory': [reserve({ MemoryBytes: 1e15 }), 1],
    'too many cores': [reserve({ NanoCPUs: 1e15 }), 1],
    'a generic resource': [
      reserve({ GenericResources: [{ DiscreteResourceSpec: { Kind: 'gpu', Value: 1 } }] }),
      1,
    ],
    'a volume driver': [
      {
        container: {
          Mounts: [
            {
              Type: 'volume',
              Source: 'x',
              Target: '/x',
              VolumeOptions: { DriverConfig: { Name: 'nope' } },
            },
          ],
        },
        ...place({}),
      },
      1,
    ],
    'a platform': [place({ Platforms: [{ Architecture: 's390x', OS: 'linux' }] }), 1],
    'a constraint and memory': [
      place(
        { Constraints: ['node.role==worker'] },
        { Resources: { Reservations: { MemoryBytes: 1e15 } } },
      ),
      1,
    ],
    'a port of the hosts': [
      {
        replicas: 4,
        ...place(here),
        EndpointSpec: {
          Ports: [{ TargetPort: 80, PublishedPort: 9301, PublishMode: 'host' }],
        },
      },
      1,
    ],
    'one replica on each node': [{ replicas: 5, ...place({ ...here, MaxReplicas: 1 }) }, 2],
  }
  await Promise.all(
    Object.entries(cases).map(async ([name, [change, waiting]], index) => {
      const player = await Player.enter(stage, serviceSpec(`unplaced-${index}`, change))
      await player.wait(waiting)
      await player.run(name.startsWith('a port') || name.startsWith('one') ? 3 : 0)
      stage.session.tell(`story: no node for ${name}`, player.lines())
      if (index === 0) {
        const filters = encodeURIComponent(JSON.stringify({ service: [player.id] }))
        await stage.session.say(
          'story: tasks that wait',
          'GET',
          `/tasks?filters=${filters}`,
        )
        await player.change(
          serviceSpec('unplaced-0', { UpdateConfig: { Parallelism: 1, Monitor: 500e6 } }),
        )
        await player.updated('completed')
        await player.run(1)
        stage.session.tell('story: a constraint is taken away', player.lines())
      }
      await player.leave()
    }),
  )
}
