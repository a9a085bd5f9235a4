import { isRelapsed, isSettled, isTroubled, lapsed } from './rotation-consumer.ts'
import {
  notConvergedBefore,
  type RotatedConsumer,
  type RotationRecord,
} from './rotation-record.ts'
import type { ClusterState } from './state.ts'
import { isUpdating } from './update-status.ts'
import { counted, listedBriefly } from './words.ts'

/** What a rotation says of itself, and of a consumer whose turn has not come. */

/** Whether somebody else is updating a service, which was not known when this began. */
export const isBusy = (one: RotatedConsumer, { services }: ClusterState): boolean => {
  const service = services.get(one.serviceId)
  return (
    service !== undefined &&
    isUpdating(service) &&
    !one.acknowledged.includes('update-in-progress')
  )
}

/**
 * Only a service of which something runs is said to run with it.
 * @param isThere whether the swarm tells of the new object: somebody may have removed it, or
 * it was created a moment ago
 */
export function verifiedWords(
  { consumers, to }: Pick<RotationRecord, 'consumers' | 'to'>,
  isThere: boolean,
): string {
  const relapsed = consumers.filter(isRelapsed)
  const converged = consumers.filter((one) => one.state === 'converged' && !isRelapsed(one))
  if (converged.length + relapsed.length === 0) {
    return isThere
      ? `${to.name} is there. No service refers to it yet.`
      : `No service refers to ${to.name}.`
  }
  const empty = converged.filter(({ ran }) => ran === 'nothing')
  const ended = converged.filter(({ ran }) => ran === 'ended')
  const running = converged.length - empty.length - ended.length
  return [
    running > 0
      ? `Verified: ${counted(running, 'service runs', 'services run')} with ${to.name}.`
      : `Each service refers to ${to.name}.`,
    ended.length > 0 &&
      `${namesOf(ended)} ran to ${ended.length === 1 ? 'its' : 'their'} end with it.`,
    empty.length > 0 &&
      `Nothing runs of ${namesOf(empty)}: that ${empty.length === 1 ? 'it works' : 'they work'} with it was not seen.`,
    ...relapsed.map(relapseWords),
  ]
    .filter((part) => part !== false)
    .join(' ')
}

/** That one which converged does not run as asked now; nothing of what the reason is. */
const relapseWords = ({ service, relapse }: RotatedConsumer): string =>
  `${service} is not as asked for since: ${relapse?.sentence ?? ''}.`

/** What is said of one consumer: how its update ended, and what is the matter with it now. */
export const consumerWords = (one: RotatedConsumer): string =>
  isRelapsed(one)
    ? `${one.sentence.replace(/\.?$/, '.')} Not as asked for since: ${one.relapse?.sentence ?? ''}.`
    : one.sentence

const namesOf = (consumers: readonly RotatedConsumer[]): string =>
  listedBriefly(consumers.map(({ service }) => service))

/** What is so no more of a rotation that was verified. */
export function undoneWords(
  plan: Pick<RotationRecord, 'consumers' | 'from' | 'to'>,
): string {
  const { from, to } = plan
  const gone = lapsed(plan)
  const unwell = gone.filter(isUnwell)
  const failed = gone.filter((one) => one.state === 'failed' && !isUnwell(one))
  const back = gone.filter(({ state }) => state !== 'failed')
  const parts = [
    back.length > 0 &&
      `${namesOf(back)} ${back.length === 1 ? 'is' : 'are'} back on ${from.name}`,
    failed.length > 0 && `${namesOf(failed)} did not converge with ${to.name} since`,
    unwell.length > 0 && `${namesOf(unwell)} ${notAsAsked(unwell)}`,
  ].filter((part) => part !== false)
  return `Was verified; ${parts.join(', ')}.`
}

/** One that failed after it had converged: what the reason is, nobody has seen. */
const isUnwell = ({ state, relapse }: RotatedConsumer): boolean =>
  state === 'failed' && !!relapse

const notAsAsked = ({ length }: readonly RotatedConsumer[]): string =>
  `${length === 1 ? 'is' : 'are'} not as asked for any more`

export function waitWords(
  one: RotatedConsumer,
  all: readonly RotatedConsumer[],
  { state, together }: Pick<RotationRecord, 'state' | 'together'>,
  cluster: ClusterState,
): string {
  if (state === 'stopped') return 'Not updated: the rotation is stopped.'
  const turn = together ? 0 : all.indexOf(one)
  const before = all.filter(
    (other, i) => isRelapsed(other) || (i < turn && !isSettled(other)),
  )
  if (before.length > 0) return `Waits for ${namesOf(before)}.`
  return isBusy(one, cluster)
    ? `Another update of ${one.service} is under way: this waits for its end.`
    : 'Is next.'
}

export function runWords({ consumers, to }: RotationRecord): string {
  const done = consumers.filter(isSettled).length
  const relapsed = consumers.filter(isRelapsed)
  const underWay = consumers.filter((one) => one.state === 'updating')
  const [one] = underWay
  const progress = `${done} of ${counted(consumers.length, 'service')} with ${to.name}`
  if (relapsed.length > 0) {
    const why = relapsed.map(relapseWords).join(' ')
    return `${progress}. Waits for ${namesOf(relapsed)}. ${why}`
  }
  if (underWay.length > 1) {
    return `${progress}; ${listedBriefly(underWay.map(({ service }) => service))} under way.`
  }
  const next = one ?? consumers.find(({ state }) => state === 'waiting')
  return next ? `${progress}; ${next.service}: ${next.sentence}` : `${progress}.`
}

export function stopWords({ consumers, to }: RotationRecord): string {
  const troubled = consumers.filter(isTroubled)
  if (troubled.length === 0) {
    const relapsed = consumers.filter(isRelapsed)
    if (relapsed.length > 0) return `Stopped. ${relapsed.map(relapseWords).join(' ')}`
    const left = consumers.filter((one) => !isSettled(one)).map(({ service }) => service)
    return `What stopped this is over: resume it to go on with ${listedBriefly(left)}.`
  }
  const unwell = troubled.filter(isUnwell)
  const unsent = troubled.filter(isUnsent)
  const sent = troubled.filter((one) => !isUnsent(one) && !isUnwell(one))
  const what = [
    sent.length > 0 && `${namesOf(sent)} did not take ${to.name}`,
    unsent.length > 0 &&
      `${namesOf(unsent)} ${unsent.length === 1 ? 'was' : 'were'} not given ${to.name}`,
    unwell.length > 0 && `${namesOf(unwell)} ${notAsAsked(unwell)}`,
  ].filter((part) => part !== false)
  const why = troubled.map((one) => {
    const why = `${one.service}: ${one.sentence}`
    if (!one.acknowledged.includes(notConvergedBefore)) return why
    return `${why.replace(/\.?$/, '.')} It had not converged before this either.`
  })
  return `Stopped: ${what.join('; ')}. ${why.join(' ')}`
}

/** One that no update is on record for: what stood against it stood before it was sent. */
const isUnsent = ({ operation, applied, state }: RotatedConsumer): boolean =>
  state === 'failed' && operation === null && !applied
