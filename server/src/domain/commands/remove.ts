import type { Check } from '@skep/shared/contract/preview'
import { isLive } from '../task-life.ts'
import { counted } from '../words.ts'
import { info, itself, warn } from './check.ts'
import type { Plan } from './plan.ts'
import { shellLine } from './shell.ts'
import { isMoving, isPaused, type Situation } from './situation.ts'

/** The end of a service: its tasks stop, and nothing of its spec is kept by the swarm. */
export function removePlan(on: Situation): Plan {
  const { name } = on
  const stops = [...on.tasks.values()].filter(isLive).length
  const tasks =
    stops === 0 ? 'It has no tasks.' : `${counted(stops, 'task stops', 'tasks stop')}.`
  return {
    title: `Remove ${name}`,
    command: shellLine('docker', 'service', 'rm', name),
    sentence: `${name} is gone for good. ${tasks}`,
    after: null,
    write: { kind: 'remove' },
    consequence: { restarts: 0, starts: 0, stops },
    checks: removeChecks(on, stops),
    afterwards:
      'There is no way back in the swarm: it forgets the spec and the rollback target.',
  }
}

function removeChecks(on: Situation, stops: number): Check[] {
  const { name, service, state } = on
  const checks: Check[] = []
  if (isMoving(on) || isPaused(on)) {
    const sentence = `A rollout of ${name} is ${isPaused(on) ? 'paused' : 'in progress'}: it ends with the service.`
    checks.push(warn('update-in-progress', sentence, itself(on)))
  }
  if (stops > 0) {
    const sentence = `${counted(stops, 'task')} stop at once, each within its stop grace period.`
    checks.push(info('tasks-stop', sentence, itself(on)))
  }
  checks.push(
    info('keeps-data', 'Its named volumes, secrets, configs and networks stay.', [
      ...service.spec.secrets.map((secret) => ({
        kind: 'secret' as const,
        name: secret.name,
      })),
      ...service.spec.configs.map((config) => ({
        kind: 'config' as const,
        name: config.name,
      })),
    ]),
  )
  const others = [...state.services.values()].filter(
    ({ id, stack }) => stack !== null && stack === service.stack && id !== service.id,
  )
  if (others.length > 0) {
    const sentence = `${counted(others.length, 'other service', 'other services')} of the stack ${service.stack} stay.`
    const subjects = others.map((other) => ({ kind: 'service' as const, name: other.name }))
    checks.push(info('others-in-stack', sentence, subjects))
  }
  return checks
}
