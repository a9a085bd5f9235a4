import { until } from '../lab/lab.ts'
import type { RawSwarm } from './consumers-raw.ts'
import { type Engine, isRunning, type Service } from './engine.ts'
import type { Setting } from './setting.ts'

/** How many services change, at most. */
const most = 4

/**
 * Powers a node off, and takes all secrets and configs from some services that ran on it:
 * what their tasks there had they may have still.
 */
export async function changeUnderLoss(
  { lab, swarm, names }: Setting,
  node: string,
  { tasks, services }: RawSwarm,
): Promise<void> {
  await lab.kill(node)
  await until(
    async () =>
      (await swarm.nodes()).some(
        ({ Description, Status }) =>
          Description.Hostname === node && Status.State === 'down',
      ),
    { what: `${node} to be down`, timeout: 60_000, interval: 500 },
  )
  const there = tasks.filter(
    (task) => isRunning(task) && names.get(task.NodeID ?? '') === node,
  )
  const touched = services.filter(({ ID }) =>
    there.some(({ ServiceID }) => ServiceID === ID),
  )
  for (const { ID } of touched.slice(0, most)) await takeAll(swarm, ID)
}

async function takeAll(swarm: Engine, id: string): Promise<void> {
  const { Version, Spec } = (await swarm.ask('GET', `/services/${id}`)) as Service
  // A spec as the engine wrote it has all of its parts.
  const template = Spec.TaskTemplate as { ContainerSpec: object }
  const none = { Secrets: [], Configs: [] }
  await swarm.ask('POST', `/services/${id}/update?version=${Version.Index}`, {
    ...Spec,
    TaskTemplate: {
      ...template,
      ContainerSpec: { ...template.ContainerSpec, ...none },
    },
  })
}
