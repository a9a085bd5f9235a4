import type { NodePreview } from '@skep/shared/contract/node-preview'
import { api } from '@skep/shared/paths'
import { consentTo, post } from '../commanding.ts'
import type { Console } from '../console.ts'
import type { Action } from './scenario.ts'

/** What the console says that an action would do. */
export async function previewOf(skep: Console, action: Action): Promise<NodePreview> {
  const { set, unset } = toldOf(action)
  const query = new URLSearchParams()
  for (const each of set) query.append('set', each)
  for (const each of unset) query.append('unset', each)
  const answer = await fetch(
    `${skep.url}${api.nodeCommand(action.node, action.kind)}?${query}`,
  )
  if (!answer.ok)
    throw new Error(`${action.kind} of ${action.node}: ${await answer.text()}`)
  return (await answer.json()) as NodePreview // The console checks it against its schema.
}

/** Commits what was previewed, with everything ticked and typed; false: the facts moved. */
export async function commit(
  skep: Console,
  action: Action,
  preview: NodePreview,
): Promise<boolean> {
  const told = action.kind === 'labels' ? toldOf(action) : {}
  const path = api.nodeCommand(action.node, action.kind)
  const { status, body } = await post(skep, path, consentTo(preview, told))
  if (status === 202) return true
  if (status === 409 || status === 412) return false
  throw new Error(`${action.kind} of ${action.node}: ${status} ${body.title}`)
}

function toldOf(action: Action): { set: string[]; unset: string[] } {
  if (action.kind === 'drain') return { set: [], unset: [] }
  const set = Object.entries(action.set).map(([key, value]) => `${key}=${value}`)
  return { set, unset: [...action.unset] }
}
