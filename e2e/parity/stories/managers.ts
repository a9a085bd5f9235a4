import { serviceSpec } from '../specs.ts'
import { type Machine, machines } from '../target.ts'
import { Player, type Stage } from './story.ts'

type Node = {
  ID: string
  Description: { Hostname: Machine }
  Spec: { Role: string }
  Status: { State: string; Message?: string }
  ManagerStatus?: { Leader?: boolean; Reachability: string }
}

/** The leader loses its power, another one leads, and the old one comes back as a follower. */
export async function leaderChange({ session, recorder }: Stage): Promise<void> {
  const nodes = async () => (await session.need('GET', '/nodes')) as Node[]
  const leaderOf = (all: readonly Node[]) =>
    all.find(({ ManagerStatus }) => ManagerStatus?.Leader)?.Description.Hostname
  const old = leaderOf(await nodes())
  if (!old) throw new Error('nobody leads')
  const other = machines.find((name) => name.startsWith('m') && name !== old) ?? 'm2'
  const survivor = session.at(other)
  recorder.lookThrough(other)
  await session.target.cutPower(old)
  const seen = await survivor.until('another to lead', async () => {
    const all = (await survivor.need('GET', '/nodes')) as Node[]
    const leader = leaderOf(all)
    const left = all.find(({ Description }) => Description.Hostname === old)
    const isMissed = left?.ManagerStatus?.Reachability === 'unreachable'
    return leader && leader !== old && isMissed ? all : null
  })
  session.tell(
    'story: a new leader, the old one',
    seen
      .filter(({ Description }) => Description.Hostname === old)
      .map(
        ({ ManagerStatus }) =>
          `${ManagerStatus?.Leader === true} ${ManagerStatus?.Reachability}`,
      ),
  )
  const player = await Player.enter(
    { session: survivor, recorder },
    serviceSpec('after-the-leader', {
      template: { Placement: { Constraints: ['node.role==worker'] } },
    }),
  )
  await session.target.powerOn(old)
  await survivor.until(
    'all to be ready',
    async () => {
      const all = (await survivor.need('GET', '/nodes')) as Node[]
      return all.every(
        ({ Status, ManagerStatus }) =>
          Status.State === 'ready' &&
          (ManagerStatus?.Reachability ?? 'reachable') === 'reachable',
      )
    },
    70_000,
  )
  await player.run(1)
  const [task] = player.tasks
  session.tell('story: a service under a new leader', [
    `${player.tasks.length} ${task?.last.Status.State} ${task?.last.Status.Message}`,
  ])
  const states = machines.flatMap((name) => recorder.nodeStates(name))
  const kinds = new Set(states.map((said) => said.replace(/ (?:manager|worker) .*/, '')))
  session.tell('story: a new leader, what nodes are called', [...kinds].sort())
  session.tell('story: a new leader, and the managers after it', [
    (await nodesAfter(survivor)).join(', '),
  ])
  await player.leave()
}

async function nodesAfter(session: Stage['session']): Promise<string[]> {
  const all = (await session.need('GET', '/nodes')) as Node[]
  return all
    .map(({ ManagerStatus }) =>
      ManagerStatus
        ? `${ManagerStatus.Leader ? 'leader' : 'follower'} ${ManagerStatus.Reachability}`
        : 'worker',
    )
    .sort()
}
