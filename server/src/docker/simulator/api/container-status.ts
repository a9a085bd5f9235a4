import type { Container } from '../agent/containers.ts'

/** @see moby/moby container/state.go StateString */
export function stateOf({ startedAt, endedAt }: Container): string {
  if (startedAt === null) return endedAt === null ? 'created' : 'exited'
  return endedAt === null ? 'running' : 'exited'
}

/**
 * What `docker ps` says of a container at a time, in its words.
 * @param now milliseconds
 * @see moby/moby container/state.go String, container/health.go String
 */
export function statusOf(container: Container, now: number): string {
  const { startedAt, endedAt, exitCode } = container
  if (endedAt !== null) return `Exited (${exitCode ?? 0}) ${lasting(now - endedAt)} ago`
  if (startedAt === null) return 'Created'
  const health = healthOf(container, now - startedAt)
  return `Up ${lasting(now - startedAt)}${health === null ? '' : ` (${health})`}`
}

function healthOf({ behaviour: { health } }: Container, age: number): string | null {
  if (!health) return null
  return age < health.after ? 'health: starting' : health.ends
}

/** @see docker/go-units duration.go HumanDuration */
export function lasting(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1_000)
  if (seconds < 1) return 'Less than a second'
  if (seconds === 1) return '1 second'
  if (seconds < 60) return `${seconds} seconds`
  const minutes = Math.floor(seconds / 60)
  if (minutes === 1) return 'About a minute'
  if (minutes < 60) return `${minutes} minutes`
  const hours = Math.round(seconds / 3_600)
  if (hours === 1) return 'About an hour'
  if (hours < 48) return `${hours} hours`
  if (hours < 24 * 7 * 2) return `${Math.floor(hours / 24)} days`
  if (hours < 24 * 30 * 2) return `${Math.floor(hours / 24 / 7)} weeks`
  if (hours < 24 * 365 * 2) return `${Math.floor(hours / 24 / 30)} months`
  return `${Math.floor(seconds / 3_600 / 24 / 365)} years`
}
