import type { RotationPreview } from '@skep/shared/contract/rotation'
import { basisOfChecks, inOrder } from './commands/check.ts'
import { endangersData } from './commands/data-checks.ts'
import { digestOfText } from './commands/digest-of-text.ts'
import { type Standing, standing } from './commands/standing.ts'
import { instant } from './instant.ts'
import { nodeFacts } from './node-facts.ts'
import { type NextAct, resumed } from './rotation.ts'
import { isTroubled, lapsed } from './rotation-consumer.ts'
import { checksOf, consumerOf, type Swap, ticked, typedFor } from './rotation-preview.ts'
import type { RotationRecord } from './rotation-record.ts'
import { counted, listedBriefly } from './words.ts'

/** What one consumer is to be sent, with the preview of that. */
export type Onward = Swap & { readonly act: NextAct }

/**
 * Why a rotation cannot be gone on with; null where it can: it has stopped, or a service
 * refers to the old one though it was verified.
 * @param plan with those that came late
 */
export function notResumable(plan: RotationRecord): string | null {
  const { state, to, sentence } = plan
  if (state === 'verified') {
    return lapsed(plan).length > 0 ? null : `Every service has ${to.name} already.`
  }
  if (state !== 'stopped') return 'It is not stopped.'
  return to.id === null ? sentence : null
}

/**
 * What going on with a rotation that has stopped would do, to each consumer that is not
 * done. A warning that was ticked before, of the same consumer, is told as a note: whoever
 * presses answers for what is new. One that data may be lost stays a warning: the name is to
 * be typed for it, and it says why. Its basis must be sealed before it leaves the server.
 */
export function resumePreview(
  plan: RotationRecord,
  onward: readonly Onward[],
  on: Standing,
): RotationPreview {
  const { id, kind, from, to, together } = plan
  const checks = inOrder([
    ...standing({ ...on, nodes: nodeFacts(on.state.nodes) }),
    ...onward.flatMap(({ act, preview }) =>
      checksOf(act.service, known(plan, act, preview)),
    ),
  ])
  const consumers = onward.map((one) => consumerOf(one, targetsIn(plan, one.act)))
  const restarts = consumers.reduce((sum, one) => sum + one.restarts, 0)
  return {
    kind: 'resume',
    stored: kind,
    name: from.name,
    next: to.name,
    asOf: instant(on.now),
    basis: digestOfText(
      JSON.stringify([
        ['resume', id, together],
        onward.map(({ act, preview }) => [act.serviceId, act.kind, preview.basis]),
        basisOfChecks(checks),
      ]),
    ),
    title: `Go on with the rotation of ${from.name}`,
    sentence: sentenceOf(plan, onward),
    button:
      onward.length === 0
        ? 'Go on'
        : `Go on, update ${counted(onward.length, 'service')} (restarts ${restarts})`,
    consumers,
    checks,
    command: onward.map(({ preview }) => preview.command).join('\n'),
    typed: typedFor(from.name, onward),
  }
}

/** The rotation gone on with, by somebody who ticked these warnings of its preview. */
export function goneOnWith(
  plan: RotationRecord,
  acknowledged: readonly string[],
): RotationRecord {
  const after = resumed(plan)
  return {
    ...after,
    consumers: after.consumers.map((one) => ({
      ...one,
      acknowledged: [
        ...new Set([...one.acknowledged, ...ticked(one.service, acknowledged)]),
      ],
    })),
  }
}

const consumerIn = ({ consumers }: RotationRecord, { serviceId }: NextAct) =>
  consumers.find((one) => one.serviceId === serviceId)

const targetsIn = (plan: RotationRecord, act: NextAct): string[] =>
  consumerIn(plan, act)?.targets ?? []

function known(
  plan: RotationRecord,
  act: NextAct,
  preview: Onward['preview'],
): Onward['preview'] {
  const seen = new Set(consumerIn(plan, act)?.acknowledged)
  const checks = preview.checks.map((check) =>
    seen.has(check.id) && check.level === 'warn' && !endangersData([check])
      ? { ...check, level: 'info' as const }
      : check,
  )
  return { ...preview, checks }
}

function sentenceOf(plan: RotationRecord, onward: readonly Onward[]): string {
  const { from, to, together } = plan
  const names = (those: readonly Onward[]) =>
    listedBriefly(those.map(({ act }) => act.service))
  const paused = onward.filter(({ act }) => act.kind === 'resume')
  const swaps = onward.filter(({ act }) => act.kind === 'swap')
  // One that was refused its update, or not sent it, never had the new object.
  const isAgain = ({ act }: Onward) => {
    const one = consumerIn(plan, act)
    return one !== undefined && isTroubled(one) && one.applied
  }
  const again = swaps.filter(isAgain)
  const first = swaps.filter((one) => !isAgain(one))
  if (onward.length === 0) return `No service is left to be sent ${to.name}.`
  const parts: string[] = []
  if (paused.length > 0) {
    const update = paused.length === 1 ? 'update of' : 'updates of'
    const go = paused.length === 1 ? 'goes on' : 'go on'
    parts.push(`The paused ${update} ${names(paused)} to ${to.name} ${go}.`)
  }
  if (again.length > 0) {
    const why = plan.state === 'verified' ? `went back to ${from.name}` : 'did not take it'
    parts.push(`${to.name} is given once more to ${names(again)}, which ${why}.`)
  }
  if (first.length > 0) {
    parts.push(`${to.name} is given to ${names(first)} in place of ${from.name}.`)
  }
  if (onward.length > 1) {
    parts.push(
      together
        ? 'All at the same time.'
        : 'One after another: the first that fails stops the rest.',
    )
  }
  return parts.join(' ')
}
