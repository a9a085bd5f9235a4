import type { Attention } from '@skep/shared/contract/attention'
import { instant } from './instant.ts'
import { lapsed } from './rotation-consumer.ts'
import type { RotationRecord } from './rotation-record.ts'
import type { Millis } from './state.ts'

export type RotationNeed = {
  readonly attention: Attention | null
  /** When it would need somebody, by the console's clock, though nothing happens. */
  readonly until: Millis | null
}

/**
 * What a rotation needs a human for: a decision where it has stopped or where a service went
 * back after it was verified, and the removal of the old version once nobody is to go back
 * to it any more.
 * @param now by the console's own clock, as the window is
 */
export function rotationAttention(plan: RotationRecord, now: Millis): RotationNeed {
  const { id, kind, from, to, sentence } = plan
  const row = (
    need: 'rotation-stopped' | 'window-closed',
    title: string,
    detail: string,
    since: string | null,
  ): Attention => ({
    id: `${need}:${id}`,
    kind: need,
    tone: need === 'rotation-stopped' ? 'warning' : 'neutral',
    subject: { kind: 'rotation', name: id },
    title,
    detail,
    cause: null,
    since,
  })
  switch (plan.state) {
    case 'stopped': {
      const title = `The rotation of ${kind} ${from.name} has stopped`
      return { attention: row('rotation-stopped', title, sentence, null), until: null }
    }
    case 'verified': {
      if (lapsed(plan).length > 0) {
        const isUndone = lapsed(plan).some((one) => one.state !== 'failed')
        const title = isUndone
          ? `The rotation of ${kind} ${from.name} was undone in part`
          : `Not every service with ${kind} ${to.name} runs as asked`
        return { attention: row('rotation-stopped', title, sentence, null), until: null }
      }
      const closes = plan.retireFrom === null ? now : Date.parse(plan.retireFrom)
      if (now < closes) return { attention: null, until: closes }
      const title = `The rollback window of ${kind} ${from.name} is over`
      const detail = `${to.name} took its place: remove it, or see what still needs it`
      const since = instant(closes)
      return { attention: row('window-closed', title, detail, since), until: null }
    }
    case 'running':
    case 'retired':
    case 'abandoned':
      return { attention: null, until: null }
  }
}
