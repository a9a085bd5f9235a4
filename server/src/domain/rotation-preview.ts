import type { Check, Consent, Preview } from '@skep/shared/contract/preview'
import type { RotationPreview } from '@skep/shared/contract/rotation'
import type { StoredKind } from '@skep/shared/contract/stored'
import { basisOfChecks, block, info, inOrder, warn } from './commands/check.ts'
import { digestOfText } from './commands/digest-of-text.ts'
import { standingAgainst } from './commands/open-checks.ts'
import { safeLabel } from './commands/safe-text.ts'
import { shellLine } from './commands/shell.ts'
import { type Standing, standing } from './commands/standing.ts'
import { convergence } from './convergence.ts'
import { instant } from './instant.ts'
import { nodeFacts } from './node-facts.ts'
import { notConvergedBefore, type RotationRecord, targetsOf } from './rotation-record.ts'
import type { ClusterState, Service, StoredFacts } from './state.ts'
import { storedNamed } from './stored/of-kind.ts'
import { areVolumesUnknown, volumeHoldersOf } from './stored/volume-holders.ts'
import { tasksOfService } from './tasks-of.ts'
import { counted, listedBriefly } from './words.ts'

/** What is to be rotated, and how. */
export type AskedRotation = {
  readonly kind: StoredKind
  readonly old: StoredFacts
  /** Name of the next version. */
  readonly next: string
  readonly together: boolean
  readonly windowHours: number
}

/** One consumer, with the preview of its own update. */
export type Swap = { readonly service: Service; readonly preview: Preview }

/** Label of an object that a rotation created, by which a restarted console finds it. */
export const rotationLabel = 'skep.rotation'

/** The labels of the old one, for the new one of this rotation. */
export const carriedLabels = (
  { labels }: StoredFacts,
  rotationId: string,
): Record<string, string> => ({ ...labels, [rotationLabel]: rotationId })

/** Id of the check that a swap to what is yet to be created cannot pass. */
const notCreatedYet = 'successor-missing'

/**
 * What a rotation would do, judged on the preview of each consumer's own update: its checks
 * are told with the name of the service before them, those that stand against anything once.
 * Its basis must be sealed before it leaves the server.
 * @param known rotations that have not ended
 */
export function rotationPreview(
  asked: AskedRotation,
  swaps: readonly Swap[],
  known: readonly RotationRecord[],
  on: Standing,
): RotationPreview {
  const { kind, old, next, together, windowHours } = asked
  const general = standing({ ...on, nodes: nodeFacts(on.state.nodes) })
  const ofConsumers = swaps.flatMap(({ service, preview }) =>
    checksOf(service.name, preview, [notCreatedYet]),
  )
  const judged = inOrder([...general, ...own(asked, swaps, known, on), ...ofConsumers])
  // Not of the basis: in a crash loop it comes and goes, and a tick too many does no harm.
  const checks = inOrder([...judged, ...standOf(asked, swaps, on)])
  const consumers = swaps.map((swap) =>
    consumerOf(swap, targetsOf(kind, old.id, swap.service)),
  )
  const restarts = consumers.reduce((sum, one) => sum + one.restarts, 0)
  const count = counted(swaps.length, 'service')
  return {
    kind: 'rotate',
    stored: kind,
    name: old.name,
    next,
    asOf: instant(on.now),
    basis: digestOfText(
      JSON.stringify([
        [kind, old.id, next, together, windowHours],
        swaps.map(({ service, preview }) => [service.id, preview.basis]),
        basisOfChecks(judged),
      ]),
    ),
    title: `Rotate ${kind} ${old.name}`,
    sentence: sentenceOf(asked, swaps.length),
    button:
      swaps.length === 0
        ? `Create ${next}`
        : `Create ${next}, update ${count} (restarts ${restarts})`,
    consumers,
    checks,
    command: commandLines(asked, swaps),
    typed: typedFor(old.name, swaps),
  }
}

/** How one consumer is updated, for the preview of a rotation. */
export const consumerOf = (
  { service, preview: { restarts, sentence, changes } }: Swap,
  targets: string[],
): RotationPreview['consumers'][number] => ({
  service: service.name,
  restarts,
  targets,
  sentence: service.hasHealthCheck
    ? `${sentence} Its health check decides whether a task runs.`
    : sentence,
  changes,
})

/**
 * The checks of one consumer's own update, under its name. Those that stand against
 * anything are told once, for all.
 * @param without ids of more that are left out
 */
export function checksOf(
  service: string,
  { checks }: Preview,
  without: readonly string[] = [],
): Check[] {
  const left = new Set<string>([...without, ...standingIds])
  return checks.flatMap((check) =>
    left.has(check.id)
      ? []
      : {
          ...check,
          id: checkOf(service, check.id),
          sentence: `${service}: ${check.sentence}`,
        },
  )
}

/** The name to type, where the update of any consumer by itself would ask for one. */
export const typedFor = (name: string, swaps: readonly Swap[]): string | null =>
  swaps.some(({ preview }) => preview.typed !== null) ? name : null

/** What stands against a consent: blocks, warnings not ticked, the name not typed. */
export function standsAgainstConsent(
  { checks, typed, stored }: Pick<RotationPreview, 'checks' | 'typed' | 'stored'>,
  { acknowledged, typed: given }: Pick<Consent, 'acknowledged' | 'typed'>,
): Check[] {
  const open = standingAgainst(checks, acknowledged)
  if (typed === null || given === typed) return open
  const sentence = 'Data may be lost or a service goes down: the name must be typed.'
  return [...open, block('typed-name-missing', sentence, [{ kind: stored, name: typed }])]
}

/** Of a service's check, as the preview of a rotation names it. */
const checkOf = (service: string, id: string): string => `${service}:${id}`

/** The warnings of one service that were ticked in a rotation's preview. */
export const ticked = (service: string, acknowledged: readonly string[]): string[] =>
  acknowledged.flatMap((id) =>
    id.startsWith(checkOf(service, '')) ? id.slice(service.length + 1) : [],
  )

/** What stands against anything, and not for what a service is. */
const standingIds = ['read-only', 'memory-away', 'swarm-not-live'] as const

function own(
  { kind, old, next }: AskedRotation,
  swaps: readonly Swap[],
  known: readonly RotationRecord[],
  { state }: Standing,
): Check[] {
  const checks: Check[] = []
  const subjects = [{ kind, name: old.name }]
  if (storedNamed(kind, next, state)) {
    const sentence = `A ${kind} ${next} exists already: the next version needs a name of its own.`
    checks.push(block('name-taken', sentence, [{ kind, name: next }]))
  }
  const open = known.find((one) => isInTheWay(one, kind, old.id))
  if (open) {
    const sentence = `The rotation of ${open.from.name} to ${open.to.name} has not come to its end: finish or abandon it first.`
    checks.push(block('rotation-open', sentence, subjects))
  }
  if (old.driver !== null) {
    const sentence = `The swarm asks the plugin ${old.driver} for the value of ${old.name}: rotate it there.`
    checks.push(block('value-elsewhere', sentence, subjects))
  }
  if (old.templating !== null) {
    const sentence = `${old.name} is a template (${old.templating}), and the next version would be none: create it with docker ${kind} create --template-driver.`
    checks.push(block('templated', sentence, subjects))
  }
  const done = known.find(
    (one) => one.kind === kind && one.from.id === old.id && one.state === 'verified',
  )
  if (done && swaps.length > 0) {
    const names = listedBriefly(swaps.map(({ service }) => service.name))
    const sentence = `${old.name} was rotated to ${done.to.name} already: going on with that rotation gives ${done.to.name} to ${names} too; this gives a third value.`
    checks.push(warn('rotated-already', sentence, subjects))
  }
  if (swaps.length === 0) {
    const sentence = `No service refers to ${old.name}: the next version is created, and nothing else.`
    checks.push(info('no-consumers', sentence, subjects))
  }
  return [...checks, ...ofVolumes(kind, old, state)]
}

/**
 * Cluster volumes that keep the old one: which secrets a volume names can never be changed.
 * Where they cannot be read that is a note and no warning, for a rotation takes nothing from
 * them; the removal of the old one warns.
 * @see moby/swarmkit manager/controlapi/volume.go, UpdateVolume
 */
function ofVolumes(
  kind: StoredKind,
  { id, name }: StoredFacts,
  state: ClusterState,
): Check[] {
  if (kind === 'config') return []
  if (areVolumesUnknown(state)) {
    const sentence = `Whether the driver of a cluster volume is given ${name} cannot be told: the cluster volumes could not be read.`
    return [info('volumes-not-known', sentence, [{ kind, name }])]
  }
  const holders = volumeHoldersOf(state).get(id) ?? []
  const volumes = [...new Set(holders.map(({ volume }) => volume))]
  if (volumes.length === 0) return []
  const one = volumes.length === 1
  const sentence = `The ${one ? 'driver' : 'drivers'} of the cluster ${one ? 'volume' : 'volumes'} ${listedBriefly(volumes)} ${one ? 'is' : 'are'} given ${name}, and a volume cannot be given another: ${one ? 'it keeps' : 'they keep'} ${name}, which must stay.`
  const subjects = volumes.map((volume) => ({ kind: 'volume' as const, name: volume }))
  return [warn('volume-keeps-old', sentence, subjects)]
}

/** How each consumer stands before anything is changed, where that hides what comes of it. */
function standOf(
  { next }: AskedRotation,
  swaps: readonly Swap[],
  { state, now }: Standing,
): Check[] {
  const nodes = nodeFacts(state.nodes)
  return swaps.flatMap(({ service }): Check[] => {
    const { id, name } = service
    const subjects = [{ kind: 'service' as const, name }]
    const tasks = tasksOfService(state, id)
    const { verdict, sentence, cause } = convergence(service, tasks, nodes, now).convergence
    if (verdict === 'scaled-to-zero') {
      const words = `${name}: Nothing of it runs (${sentence}): that it works with ${next} will not be seen.`
      return [warn(checkOf(name, 'nothing-runs'), words, subjects)]
    }
    if (!unsettled.has(verdict)) return []
    const why = cause === null ? '' : `: ${cause}`
    const words = `${name}: It has not converged as it is now, before anything is changed (${sentence}${why}). Should it not converge with ${next}, that may have nothing to do with the new value.`
    return [warn(checkOf(name, notConvergedBefore), words, subjects)]
  })
}

/** Verdicts on a service that is not as asked for; an update has checks of its own. */
const unsettled: ReadonlySet<string> = new Set([
  'converging',
  'degraded',
  'flapping',
  'down',
  'unknown',
])

/** One whose value never arrived is begun anew, and is in nobody's way. */
const isInTheWay = (one: RotationRecord, kind: StoredKind, id: string): boolean =>
  one.kind === kind &&
  (one.from.id === id || one.to.id === id) &&
  one.to.id !== null &&
  (one.state === 'running' || one.state === 'stopped')

function sentenceOf(
  { old, next, together, windowHours }: AskedRotation,
  consumers: number,
): string {
  const stays = `${old.name} stays for ${counted(windowHours, 'hour')} at least, and as long as anything needs it.`
  if (consumers === 0) return `${next} is created. ${stays}`
  const how =
    consumers === 1
      ? 'its one service is updated once'
      : together
        ? `its ${consumers} services are updated at the same time, each once`
        : `its ${consumers} services are updated one after another, each once`
  return `${next} is created, then ${how}, with its files where they are. ${stays}`
}

function commandLines({ kind, old, next }: AskedRotation, swaps: readonly Swap[]): string {
  const labels = Object.entries(old.labels).flatMap(([key, value]) =>
    key === rotationLabel ? [] : ['--label', `${key}=${safeLabel(key, value)}`],
  )
  return [
    `${shellLine('docker', kind, 'create', ...labels, next)} -`,
    ...swaps.map(({ preview }) => preview.command),
    `# when nothing needs it any more: ${shellLine('docker', kind, 'rm', old.name)}`,
  ].join('\n')
}
