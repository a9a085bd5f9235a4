import type { NodePreview } from '@skep/shared/contract/node-preview'
import { until } from '../lab/lab.ts'
import { commit, previewOf } from './asking.ts'
import { type Cluster, homeKey, seatOf } from './cluster.ts'
import { patience } from './deploy.ts'
import { isLive, isRunning, isWaiting, type Task } from './engine.ts'
import { mark } from './markers.ts'
import type { Action } from './scenario.ts'

/** A preview that was committed, and the tasks as they were between. */
export type Asked = { preview: NodePreview; before: readonly Task[]; attempts: number }

/** Looks and presses, until both were about the same facts; or says why it cannot be. */
export async function ask(cluster: Cluster, action: Action): Promise<Asked | string> {
  for (let attempts = 1; attempts <= 15; attempts += 1) {
    await untilCrashersWait(cluster)
    await markAll(cluster)
    const preview = await previewOf(cluster.skep, action)
    const block = preview.checks.find(({ level }) => level === 'block')
    if (block) return `blocked: ${block.sentence}`
    const before = await cluster.swarm.tasks()
    if (await commit(cluster.skep, action, preview)) return { preview, before, attempts }
  }
  return 'the facts moved between every look and its press'
}

/** A task in its restart delay must still be in it when the press comes. */
async function untilCrashersWait({ swarm, deployed }: Cluster) {
  const crashers = deployed.filter(({ plan }) => plan.behaviour === 'crash')
  if (crashers.length === 0) return
  await until(
    async () => {
      const tasks = await swarm.tasks()
      return crashers.every(({ id, plan }) =>
        tasks
          .filter((task) => task.ServiceID === id && isLive(task))
          .every((task) => {
            if (isWaiting(task)) return true
            const age = Date.now() - Date.parse(task.CreatedAt)
            return (
              task.DesiredState === 'ready' && age > 1_000 && age < plan.restart.delay / 2
            )
          }),
      )
    },
    { what: 'crashed tasks to be in their delay', timeout: patience, interval: 300 },
  )
}

async function markAll(cluster: Cluster): Promise<void> {
  const seats = (await cluster.swarm.tasks())
    .filter(isRunning)
    .flatMap((task) => seatOf(cluster, task) ?? [])
  await mark(cluster.lab, seats)
  for (const seat of seats) cluster.homes.set(homeKey(seat), seat)
}
