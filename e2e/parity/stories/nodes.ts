import type { Versioned } from '../session.ts'
import { drained, serviceSpec, victim } from '../specs.ts'
import type { Machine } from '../target.ts'
import { Player, type Stage } from './story.ts'

type Node = Versioned & {
  Spec: { Labels: Record<string, string>; Availability: string; Role: string }
}

const change = async (
  { session }: Stage,
  node: string,
  how: (spec: Node['Spec']) => object,
): Promise<void> => {
  const answer = await session.change<Node>(`/nodes/${node}`, ({ Spec }) => how(Spec))
  if (answer.status !== 200) throw new Error(`${node}: ${answer.body}`)
}

const label = (stage: Stage, node: string, key: string) =>
  change(stage, node, (spec) => ({ ...spec, Labels: { ...spec.Labels, [key]: 'yes' } }))

const unlabel = (stage: Stage, node: string, key: string) =>
  change(stage, node, (spec) => {
    const { [key]: _, ...Labels } = spec.Labels
    return { ...spec, Labels }
  })

const at = (...Constraints: string[]) => ({
  template: {
    RestartPolicy: { Condition: 'any', Delay: 700e6 },
    Placement: { Constraints },
  },
})

/** One service that can run on one node only, one that can move, and one everywhere. */
async function cast(stage: Stage, node: Machine, refuge: Machine) {
  const key = `home-${node}`
  await label(stage, node, key)
  const players = {
    pinned: await Player.enter(
      stage,
      serviceSpec(`pinned-${node}`, at(`node.hostname==${node}`)),
    ),
    movable: await Player.enter(
      stage,
      serviceSpec(`movable-${node}`, at(`node.labels.${key}==yes`)),
    ),
    global: await Player.enter(
      stage,
      serviceSpec(`global-${node}`, {
        ...at(`node.hostname==${node}`),
        Mode: { Global: {} },
      }),
    ),
  }
  for (const player of Object.values(players)) await player.run(1)
  await label(stage, refuge, key)
  const leave = async () => {
    for (const player of Object.values(players)) await player.leave()
    await unlabel(stage, refuge, key)
    await unlabel(stage, node, key)
  }
  return { ...players, key, leave }
}

/** A node is drained, and taken back; then one loses the label that held a task. */
export async function drain(stage: Stage): Promise<void> {
  const refuge = 'm3'
  const { session, recorder } = stage
  const { pinned, movable, global, key, leave } = await cast(stage, drained, refuge)
  const availability = (Availability: string) =>
    change(stage, drained, (spec) => ({ ...spec, Availability }))
  try {
    await availability('drain')
    await Promise.all([
      pinned.wait(1),
      movable.are(1, 'shutdown').then(() => movable.run(1)),
      global.are(1, 'shutdown'),
    ])
    session.tell('story: drain, a task that can move', movable.lines())
    session.tell('story: drain, a task that cannot', pinned.lines())
    session.tell('story: drain, a global task', global.lines())
    await availability('active')
    await Promise.all([pinned.run(1), global.run(1)])
    session.tell('story: active again, the task that had to wait', pinned.lines())
    session.tell('story: active again, a global task', global.lines())
    await unlabel(stage, refuge, key)
    await movable.made(3)
    await movable.run(1)
    await movable.rests()
    session.tell('story: a label is taken away', movable.lines())
    session.tell('story: drain, the node', [recorder.nodeStates(drained).join(' → ')])
  } finally {
    await availability('active')
    await leave()
  }
}

/** A node loses its power, and comes back. */
export async function powerCut(stage: Stage): Promise<void> {
  const { session, recorder } = stage
  const { pinned, movable, global, leave } = await cast(stage, victim, 'm2')
  await session.target.cutPower(victim)
  await session.until('it to be missed', async () =>
    recorder.nodeStates(victim).some((said) => said.startsWith('down')),
  )
  await movable.made(2)
  await Promise.all([pinned.wait(1), movable.run(1)])
  // Orphans are told as running; they are not wanted to.
  session.tell('story: power cut, a task that can move', movable.lines())
  session.tell('story: power cut, a task that cannot', pinned.lines())
  session.tell('story: power cut, a global task', global.lines())
  await session.say('story: a node that is down', 'GET', `/nodes/${victim}`)
  const logs = await session.ask('GET', `/services/${pinned.id}/logs?stdout=1&stderr=1`)
  session.tell('story: logs of a node that is down', [
    `status ${logs.status}`,
    session.words(logs.body.toString()),
  ])
  await session.target.powerOn(victim)
  await Promise.all([
    pinned.run(1),
    global.run(1),
    movable.rests(),
    pinned.rests(),
    global.rests(),
  ])
  session.tell('story: power again, the task that moved', movable.lines())
  session.tell('story: power again, the task that had to wait', pinned.lines())
  session.tell('story: power again, a global task', global.lines())
  session.tell('story: power cut, the node', [recorder.nodeStates(victim).join(' → ')])
  await leave()
}
