import { bytes, cpus, duration, ratio } from './units.ts'

/** What fields are called by people; all others by their own path. */
const labels: Readonly<Record<string, string>> = {
  Name: 'Name',
  'TaskTemplate.ContainerSpec.Image': 'Image',
  'TaskTemplate.ContainerSpec.Command': 'Entry point',
  'TaskTemplate.ContainerSpec.Args': 'Arguments',
  'TaskTemplate.ContainerSpec.User': 'User',
  'TaskTemplate.ContainerSpec.Groups': 'Groups',
  'TaskTemplate.ContainerSpec.Dir': 'Working directory',
  'TaskTemplate.ContainerSpec.Hostname': 'Host name',
  'TaskTemplate.ContainerSpec.Hosts': 'Entries of /etc/hosts',
  'TaskTemplate.ContainerSpec.ReadOnly': 'Read-only root',
  'TaskTemplate.ContainerSpec.TTY': 'Terminal',
  'TaskTemplate.ContainerSpec.Init': 'Init process',
  'TaskTemplate.ContainerSpec.StopSignal': 'Stop signal',
  'TaskTemplate.ContainerSpec.StopGracePeriod': 'Stop grace period',
  'TaskTemplate.ContainerSpec.CapabilityAdd': 'Added capabilities',
  'TaskTemplate.ContainerSpec.CapabilityDrop': 'Dropped capabilities',
  'TaskTemplate.ContainerSpec.Healthcheck.Test': 'Health check',
  'TaskTemplate.ContainerSpec.Healthcheck.Interval': 'Health check interval',
  'TaskTemplate.ContainerSpec.Healthcheck.Timeout': 'Health check timeout',
  'TaskTemplate.ContainerSpec.Healthcheck.StartPeriod': 'Health check start period',
  'TaskTemplate.ContainerSpec.Healthcheck.StartInterval': 'Health check start interval',
  'TaskTemplate.ContainerSpec.Healthcheck.Retries': 'Health check retries',
  'TaskTemplate.Resources.Limits.NanoCPUs': 'CPU limit',
  'TaskTemplate.Resources.Limits.MemoryBytes': 'Memory limit',
  'TaskTemplate.Resources.Limits.Pids': 'Process limit',
  'TaskTemplate.Resources.Reservations.NanoCPUs': 'CPU reservation',
  'TaskTemplate.Resources.Reservations.MemoryBytes': 'Memory reservation',
  'TaskTemplate.RestartPolicy.Condition': 'Restart condition',
  'TaskTemplate.RestartPolicy.Delay': 'Restart delay',
  'TaskTemplate.RestartPolicy.MaxAttempts': 'Restart attempts',
  'TaskTemplate.RestartPolicy.Window': 'Restart window',
  'TaskTemplate.Placement.MaxReplicas': 'Replicas per node, at most',
  'TaskTemplate.Placement.Platforms': 'Platforms',
  'TaskTemplate.ForceUpdate': 'Forced restarts',
  'TaskTemplate.LogDriver.Name': 'Log driver',
  'Mode.Kind': 'Mode',
  'Mode.Replicated.Replicas': 'Replicas',
  'Mode.ReplicatedJob.TotalCompletions': 'Completions',
  'Mode.ReplicatedJob.MaxConcurrent': 'Completions at a time',
  'EndpointSpec.Mode': 'Endpoint mode',
  ...paceLabels('UpdateConfig', 'Update'),
  ...paceLabels('RollbackConfig', 'Rollback'),
}

function paceLabels(path: string, what: string): Record<string, string> {
  return {
    [`${path}.Parallelism`]: `${what} parallelism`,
    [`${path}.Delay`]: `${what} delay`,
    [`${path}.Monitor`]: `${what} monitor`,
    [`${path}.Order`]: `${what} order`,
    [`${path}.MaxFailureRatio`]: `${what} failure ratio`,
    [`${path}.FailureAction`]: `${what} failure action`,
  }
}

/** The human name of a field, by its path. */
export const fieldLabel = (path: string): string =>
  (Object.hasOwn(labels, path) ? labels[path] : undefined) ??
  path.replace(/^TaskTemplate\.(ContainerSpec\.)?/, '')

const times =
  /(Delay|Monitor|StopGracePeriod|Interval|Timeout|StartPeriod|StartInterval|Window)$/

/** A value in the unit that people think in. */
export function fieldText(path: string, value: unknown): string {
  if (typeof value !== 'number') return String(value)
  if (times.test(path) && !path.includes('Ulimits')) return duration(value)
  if (path.startsWith('TaskTemplate.Resources.') && value === 0) return 'none'
  if (path.endsWith('.NanoCPUs')) return cpus(value)
  if (path.endsWith('.MemoryBytes')) return bytes(value)
  if (path.endsWith('.MaxFailureRatio')) return ratio(value)
  if (path.endsWith('Config.Parallelism') && value === 0) return '0 (all at once)'
  if (path.endsWith('RestartPolicy.MaxAttempts') && value === 0) return 'without limit'
  return String(value)
}
