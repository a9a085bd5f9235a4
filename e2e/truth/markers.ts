import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DataOutcome } from '@skep/shared/contract/node-preview'
import type { Lab } from '../lab/lab.ts'
import type { NodeName, ServicePlan } from './scenario.ts'

/** A task's place on a node, as far as its data depends on it. */
export type Seat = { plan: ServicePlan; slot: number; node: NodeName; nodeId: string }

const marker = '.truth'

/**
 * Marks what a task has written as what lies on this very node. Data that is there and
 * marked keeps its mark, so that it is known wherever it is found again.
 */
export async function mark(lab: Lab, seats: readonly Seat[]): Promise<void> {
  const scripts = new Map<NodeName, string[]>()
  for (const seat of seats) {
    const place = placeOf(seat)
    if (place === null) continue
    if (place.kind === 'bind') {
      const file = `${place.source}/${marker}`
      const lines = scripts.get(seat.node) ?? []
      lines.push(`[ ! -d ${place.source} ] || [ -e ${file} ] || echo ${seat.node} >${file}`)
      scripts.set(seat.node, lines)
    } else {
      const file = fileOf(lab, seat.node, place.source)
      await writeFile(file, seat.node, { flag: 'wx' }).catch(unless('EEXIST'))
    }
  }
  await Promise.all(
    [...scripts].map(([node, lines]) => lab.inside(node, 'sh', '-c', lines.join('\n'))),
  )
}

/** What a task that ran on one node finds when it runs on another, or there again. */
export async function found(lab: Lab, from: Seat, to: Seat): Promise<DataOutcome> {
  if (from.plan.mount === null) return 'none'
  const origin = placeOf(from)
  const place = placeOf(to)
  // Without a place that outlives the container, nothing is ever found.
  if (origin === null || place === null) return 'starts-empty'
  const there =
    place.kind === 'bind'
      ? await lab.inside(to.node, 'cat', `${place.source}/${marker}`).catch(() => '')
      : await readFile(fileOf(lab, to.node, place.source), 'utf8').catch(() => '')
  if (there === '') return 'starts-empty'
  const same = there.trim() === from.node && place.source === origin.source
  return same ? 'keeps' : 'other-data'
}

function placeOf({
  plan,
  slot,
  node,
  nodeId,
}: Seat): { kind: string; source: string } | null {
  const { mount } = plan
  if (mount?.kind !== 'volume' && mount?.kind !== 'bind') return null
  const source = mount.source
    // A task without a slot of its own is named by its node.
    .replaceAll('{{.Task.Slot}}', slot === 0 ? nodeId : String(slot))
    .replaceAll('{{.Service.Name}}', plan.name)
    .replaceAll('{{.Node.Hostname}}', node)
  return { kind: mount.kind, source }
}

const fileOf = (lab: Lab, node: NodeName, volume: string): string =>
  join(lab.dir, 'nodes', node, 'data/volumes', volume, '_data', marker)

const unless = (code: string) => (error: NodeJS.ErrnoException) => {
  if (error.code !== code) throw error
}
