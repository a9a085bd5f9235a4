import type { FilterId } from '@skep/shared/contract/placement'
import { matchesAll } from '../constraints.ts'
import type { Node, Platform } from '../state.ts'
import { counted } from '../words.ts'
import { constraintSentence } from './constraint-sentence.ts'
import type { Demand } from './demand.ts'
import { hasPlugin } from './plugins.ts'
import { countOf, hasEnough, type Site } from './sites.ts'
import { volumesFinding } from './volume-finding.ts'

/**
 * What stands between a task and a node, with numbers; the filter must have refused it, or
 * that of the cluster volumes be unsure of it.
 */
export function refusalSentence(filter: FilterId, demand: Demand, site: Site): string {
  const { node } = site
  switch (filter) {
    case 'ready':
      return availability(node)
    case 'resources':
      return shortages(demand, site).join('; ')
    case 'plugins':
      return demand.plugins
        .filter((plugin) => !hasPlugin(node, plugin))
        .map(({ kind, name }) => `has no ${kind.toLowerCase()} plugin ${name}`)
        .join('; ')
    case 'constraints':
      return demand.constraints
        .filter((constraint) => !matchesAll([constraint], node))
        .map((constraint) => constraintSentence(constraint, node))
        .join('; ')
    case 'platform':
      return `is ${platform(node)}, and the image is built for ${demand.platforms.map(platform).join(', ')}`
    case 'host-port': {
      const taken = demand.hostPorts.filter((port) => site.ports.has(port))
      return `host ${taken.length === 1 ? 'port' : 'ports'} ${taken.join(', ')} in use`
    }
    case 'max-replicas': {
      const count = site.counts.get(demand.serviceId) ?? 0
      return `has ${counted(count, 'task')} of it, and at most ${demand.maxReplicas} may be on one node`
    }
    case 'volumes': {
      const found = volumesFinding(demand.clusterMounts, site)
      return found.answer === 'fits' ? 'takes it' : found.why
    }
  }
}

function availability({ state, availability }: Node): string {
  if (state !== 'ready') return state === 'unknown' ? 'has not reported in' : `is ${state}`
  return availability === 'drain' ? 'is drained' : 'is paused'
}

function shortages({ reservations, generic }: Demand, site: Site): string[] {
  const { free } = site
  return [
    ...shortage(reservations.memoryBytes, free.memoryBytes, bytes),
    ...shortage(reservations.nanoCpus, free.nanoCpus, cpus),
    ...Object.entries(generic).flatMap(([kind, need]) => {
      if (hasEnough(site, kind, need)) return []
      if (need === 0) return [`has no ${kind} left, and one that asks for 0 needs some too`]
      return [needs(`${need} ${kind}`, String(Math.max(0, countOf(free.generic, kind))))]
    }),
  ]
}

type Amount = (count: number, round: (value: number) => number) => string

function shortage(need: number, free: number, amount: Amount): string[] {
  if (need <= free) return []
  // Asked for nothing of it, and refused all the same: more is reserved than there is.
  if (need === 0) return [`is overbooked by ${amount(-free, up)}`]
  return [needs(amount(need, up), amount(Math.max(0, free), down))]
}

const needs = (need: string, free: string): string => `needs ${need} reserved, ${free} free`

// What is needed is rounded up and what is free down, so that the sentence stays true.
const up = Math.ceil
const down = Math.floor

const sizes = [
  ['TiB', 2 ** 40],
  ['GiB', 2 ** 30],
  ['MiB', 2 ** 20],
  ['KiB', 2 ** 10],
] as const

const bytes: Amount = (count, round) => {
  for (const [unit, size] of sizes) {
    if (count >= size) return `${round((count / size) * 10) / 10} ${unit}`
  }
  return `${count} B`
}

const cpus: Amount = (nano, round) => `${round(nano / 1e7) / 100} CPU`

const platform = ({ os, architecture }: Platform): string =>
  [os || 'any system', architecture].filter(Boolean).join('/')
