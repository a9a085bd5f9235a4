import { counted } from '../words.ts'
import type { Consequence } from './consequence.ts'
import type { Situation } from './situation.ts'
import {
  imageOf,
  type Pace,
  replicasOf,
  type SpecDocument,
  shortImage,
} from './spec-document.ts'
import { duration } from './units.ts'

/** `restarts 3, starts 1`; empty where no task is touched. */
export function counts({ restarts, starts, stops }: Consequence): string {
  const parts = [
    restarts > 0 && `restarts ${restarts}`,
    starts > 0 && `starts ${starts}`,
    stops > 0 && `stops ${stops}`,
  ]
  return parts.filter((part) => part !== false).join(', ')
}

/** `3 tasks are replaced, 1 is added.` */
export function consequenceSentence({ restarts, starts, stops }: Consequence): string {
  const parts = [
    restarts > 0 && `${counted(restarts, 'task is', 'tasks are')} replaced`,
    starts > 0 && `${counted(starts, 'task is', 'tasks are')} started`,
    stops > 0 && `${counted(stops, 'task is', 'tasks are')} stopped`,
  ].filter((part) => part !== false)
  return parts.length > 0 ? `${parts.join(', ')}.` : 'No task restarts.'
}

/** `2 at a time, 10 s between, stop first, verified for 30 s`. */
export function paceText({ Parallelism, Delay, Order, Monitor }: Pace): string {
  const lanes = Parallelism === 0 ? 'all at once' : `${Parallelism} at a time`
  const between = Delay > 0 ? `, ${duration(Delay)} between` : ''
  return `${lanes}${between}, ${Order.replace('-', ' ')}, verified for ${duration(Monitor)}`
}

/** `demo/web:v1, 3 replicas`. */
export function specText(document: SpecDocument): string {
  const replicas = replicasOf(document)
  const count = replicas === null ? '' : `, ${counted(replicas, 'replica')}`
  return `${shortImage(imageOf(document)) || 'no image'}${count}`
}

/** What rolling back would mean after an ordinary update. */
export function afterUpdate({ document, motion }: Situation): string {
  const what = specText(document)
  switch (motion) {
    case 'at rest':
      return `Rolling back then returns to what is asked for now: ${what}.`
    case 'updating':
    case 'rolling back':
      return `Rolling back then returns to the spec that is half rolled out now: ${what}.`
    case 'update paused':
    case 'rollback paused':
      return `Rolling back then returns to the spec that is paused now: ${what}.`
  }
}
