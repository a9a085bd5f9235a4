import type { Node, Plugin } from '../state.ts'

/**
 * Whether the engine of a node has a plugin: by its name, or by that name with the tag that
 * stands for none. An engine that lists no log driver at all is one that tells of none, and
 * one that lists nothing has not reported yet: neither is held against it.
 * @see moby/swarmkit manager/scheduler/filter.go, PluginFilter
 */
export function hasPlugin({ plugins }: Pick<Node, 'plugins'>, wanted: Plugin): boolean {
  if (plugins.length === 0) return true
  const same = plugins.filter(({ kind }) => kind === wanted.kind)
  if (same.length === 0) return wanted.kind === 'Log'
  return same.some(({ name }) => name === wanted.name || name === `${wanted.name}:latest`)
}
