import { until } from '../lab/lab.ts'
import type { Plan } from './consumers-plan.ts'
import { readSwarm } from './consumers-raw.ts'
import { type Engine, hasEnded } from './engine.ts'
import type { Setting } from './setting.ts'

/** Takes away all that a plan made, from a swarm that has other things to do afterwards. */
export async function clearConsumers({ swarm, nodes }: Setting, plan: Plan): Promise<void> {
  const planned = new Set(plan.services.map(({ name }) => name))
  const { services } = await readSwarm(swarm)
  const ours = services.filter(({ Spec }) => planned.has(Spec.Name))
  for (const { ID } of ours) await swarm.ask('DELETE', `/services/${ID}`)
  await until(
    async () => {
      const left = (await swarm.tasks()).filter(
        (task) => !hasEnded(task) && ours.some(({ ID }) => ID === task.ServiceID),
      )
      if (left.length === 0) return true
      // Some do not hear; and engine 20 forgets those of a job that is removed.
      for (const node of nodes.values()) await killOf(node, planned)
      throw new Error(`${left.length} tasks have not ended`)
    },
    { what: 'all tasks to end', timeout: 60_000, interval: 500 },
  )
  const { secrets, configs } = await readSwarm(swarm)
  for (const { ID, Spec } of secrets) {
    if (plan.secrets.includes(Spec.Name)) await swarm.ask('DELETE', `/secrets/${ID}`)
  }
  for (const { ID, Spec } of configs) {
    if (plan.configs.includes(Spec.Name)) await swarm.ask('DELETE', `/configs/${ID}`)
  }
}

async function killOf(node: Engine, planned: ReadonlySet<string>): Promise<void> {
  const running = (await node.ask('GET', '/containers/json')) as {
    Id: string
    Labels: Record<string, string>
  }[] // The engine's own answer.
  for (const { Id, Labels } of running) {
    if (!planned.has(Labels['com.docker.swarm.service.name'] ?? '')) continue
    await node.ask('POST', `/containers/${Id}/kill`)
  }
}
