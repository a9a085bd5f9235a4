import { isSettled, isTroubled, lapsed } from './rotation-consumer.ts'
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

/** Only a service of which something runs is said to run with it. */
export function verifiedWords({
  consumers,
  to,
}: Pick<RotationRecord, 'consumers' | 'to'>): string {
  const converged = consumers.filter(({ state }) => state === 'converged')
  if (converged.length === 0) return `${to.name} is there. No service refers to it yet.`
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
  ]
    .filter((part) => part !== false)
    .join(' ')
}

const namesOf = (consumers: readonly RotatedConsumer[]): string =>
  listedBriefly(consumers.map(({ service }) => service))

/** What is so no more of a rotation that was verified. */
export function undoneWords(
  plan: Pick<RotationRecord, 'consumers' | 'from' | 'to'>,
): string {
  const { from, to } = plan
  const gone = lapsed(plan)
  const failed = gone.filter(({ state }) => state === 'failed')
  const back = gone.filter(({ state }) => state !== 'failed')
  const parts = [
    back.length > 0 &&
      `${namesOf(back)} ${back.length === 1 ? 'is' : 'are'} back on ${from.name}`,
    failed.length > 0 && `${namesOf(failed)} did not converge with ${to.name} since`,
  ].filter((part) => part !== false)
  return `Was verified; ${parts.join(', ')}.`
}

export function waitWords(
  one: RotatedConsumer,
  all: readonly RotatedConsumer[],
  { state, together }: Pick<RotationRecord, 'state' | 'together'>,
  cluster: ClusterState,
): string {
  if (state === 'stopped') return 'Not updated: the rotation is stopped.'
  const before = all.slice(0, all.indexOf(one)).filter((other) => !isSettled(other))
  if (!together && before.length > 0) {
    return `Waits for ${listedBriefly(before.map(({ service }) => service))}.`
  }
  return isBusy(one, cluster)
    ? `Another update of ${one.service} is under way: this waits for its end.`
    : 'Is next.'
}

export function runWords({ consumers, to }: RotationRecord): string {
  const done = consumers.filter(isSettled).length
  const underWay = consumers.filter((one) => one.state === 'updating')
  const [one] = underWay
  const progress = `${done} of ${counted(consumers.length, 'service')} with ${to.name}`
  if (underWay.length > 1) {
    return `${progress}; ${listedBriefly(underWay.map(({ service }) => service))} under way.`
  }
  const next = one ?? consumers.find(({ state }) => state === 'waiting')
  return next ? `${progress}; ${next.service}: ${next.sentence}` : `${progress}.`
}

export function stopWords({ consumers, to }: RotationRecord): string {
  const troubled = consumers.filter(isTroubled)
  if (troubled.length === 0) {
    const left = consumers.filter((one) => !isSettled(one)).map(({ service }) => service)
    return `What stopped this is over: resume it to go on with ${listedBriefly(left)}.`
  }
  const unsent = troubled.filter(isUnsent)
  const sent = troubled.filter((one) => !isUnsent(one))
  const what = [
    sent.length > 0 && `${namesOf(sent)} did not take ${to.name}`,
    unsent.length > 0 &&
      `${namesOf(unsent)} ${unsent.length === 1 ? 'was' : 'were'} not given ${to.name}`,
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
