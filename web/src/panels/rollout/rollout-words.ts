import type { Rollout } from '@skep/shared/contract/rollout'
import type { Service } from '@skep/shared/contract/service'
import { seconds } from '../service/spec-words.ts'
import type { Course } from '../slots/phase-words.ts'

const nouns: Record<Course, string> = { update: 'Update', rollback: 'Rollback', job: 'Job' }

/** What the panel is called: "Slots" at rest, "Update", "Rollback, paused". */
export function panelTitle(course: Course | null, { rollout }: Pick<Service, 'rollout'>) {
  if (course === null) return 'Slots'
  return rollout?.state === 'paused' ? `${nouns[course]}, paused` : nouns[course]
}

/** Who began a rollback, where that can be told. */
export function beginnerWords({ kind, automatic }: Rollout): string | null {
  if (kind !== 'rollback' || automatic === null) return null
  return automatic ? 'By the swarm, after failures' : 'Asked for by a person'
}

/** "Stop first · 2 at a time · 10 s between · verify 30 s"; a job has only its width. */
export function settingsWords(rollout: Rollout, course: Course): string {
  const { order, parallelism, delayNs, monitorNs } = rollout
  const width = parallelism === 0 ? 'all at once' : `${parallelism} at a time`
  if (course === 'job') return width.charAt(0).toUpperCase() + width.slice(1)
  return [
    order === 'stop-first' ? 'Stop first' : 'Start first',
    width,
    `${seconds(delayNs)} between`,
    `verify ${seconds(monitorNs)}`,
  ].join(' · ')
}
