import type { Cluster } from './cluster.ts'
import { available, deploy, rest } from './deploy.ts'
import { observe } from './observe.ts'
import { type Outcome, outcome } from './outcome.ts'
import { ask } from './press.ts'
import type { Action, Scenario } from './scenario.ts'
import { type Dip, dipsOf, type Gain, gainsOf } from './services.ts'
import type { Setting } from './setting.ts'

/** One action on a cluster: what was said of it, and what came of it. */
export type Case = Outcome & {
  seed: number
  /** Which of the scenario's actions. */
  round: number
  action: Action
  seconds: number
  /** How often the facts moved between the look and the press. */
  retries: number
  /** Why it was not tried; null: it was. */
  skipped: string | null
  gains: Gain[]
  dips: Dip[]
}

/** Plays a scenario on a swarm that has nothing else on it, and tells of every action. */
export async function play(
  setting: Setting,
  scenario: Scenario,
  tell: (result: Case) => void,
): Promise<void> {
  const { seed } = scenario
  const cluster: Cluster = {
    ...setting,
    deployed: await deploy(setting, scenario),
    homes: new Map(),
  }
  for (const [index, action] of scenario.actions.entries()) {
    const started = Date.now()
    const result = await tryOut(cluster, scenario, action)
    const seconds = (Date.now() - started) / 1000
    tell({ seed, round: index + 1, action, seconds, ...result })
  }
}

type Result = Omit<Case, 'seed' | 'round' | 'action' | 'seconds'>

const nothing = { judged: [], untouched: 0, gains: [], dips: [] }

async function tryOut(
  cluster: Cluster,
  { pausedNode }: Scenario,
  action: Action,
): Promise<Result> {
  const { node, kind, paused } = action
  if (paused) {
    await available(cluster, node, 'pause')
    await rest(cluster, cluster.deployed)
  }
  const asked = await ask(cluster, action)
  if (typeof asked === 'string') return { ...nothing, retries: 0, skipped: asked }

  const watched = await observe(cluster, action, asked)
  const figures = {
    gains: kind === 'labels' ? await gainsOf(cluster, asked, watched) : [],
    dips: dipsOf(cluster, asked, watched),
  }
  const found = await outcome(cluster, action, asked, watched)
  if (kind === 'labels' && paused) await available(cluster, node, 'active')
  if (node === pausedNode) await available(cluster, node, 'pause')
  await rest(cluster, cluster.deployed)
  return { ...found, ...figures, retries: asked.attempts - 1, skipped: null }
}

/** A line for each task that did not end as was said, and for an action that was not tried. */
export const wrongOf = ({ round, skipped, judged }: Case): string[] => [
  ...(skipped === null ? [] : [`action ${round} skipped, ${skipped}`]),
  ...judged
    .filter(({ right }) => !right)
    .map(({ service, predicted, observed, data }) => {
      const found = data ? `, data ${data.predicted} but ${data.observed}` : ''
      return `action ${round}, ${service} ${predicted} but ${observed}${found}`
    }),
]
