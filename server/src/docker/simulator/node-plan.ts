import type { Description, Tls } from './store/objects.ts'
import type { Labels, NodeSpec, Resources } from './store/specs.ts'
import { VERSIONS } from './version.ts'

/** A node as someone wants it; all but its name has a default. */
export type NodePlan = {
  hostname: string
  role?: 'manager' | 'worker'
  availability?: NodeSpec['Availability']
  labels?: Labels
  /** Cores and bytes. */
  cpus?: number
  memory?: number
  generic?: Resources['GenericResources']
  addr?: string
  platform?: { Architecture: string; OS: string }
  engineVersion?: string
  engineLabels?: Labels
  /** Beside those that every engine has. */
  plugins?: { Type: string; Name: string }[]
}

/** Three managers and two workers, named as those of the lab. */
export const LAB: readonly NodePlan[] = [
  { hostname: 'm1', role: 'manager' },
  { hostname: 'm2', role: 'manager' },
  { hostname: 'm3', role: 'manager' },
  { hostname: 'w1' },
  { hostname: 'w2' },
]

const PLUGINS = [
  ...[
    'awslogs',
    'fluentd',
    'gelf',
    'journald',
    'json-file',
    'local',
    'splunk',
    'syslog',
  ].map((Name) => ({ Type: 'Log', Name })),
  ...['bridge', 'host', 'ipvlan', 'macvlan', 'null', 'overlay'].map((Name) => ({
    Type: 'Network',
    Name,
  })),
  { Type: 'Volume', Name: 'local' },
]

/** @see swarm-lab recordings/fields-28-m1.json */
export function descriptionOf(plan: NodePlan, tls: Tls): Description {
  const { cpus = 4, memory = 8 * 1024 ** 3, generic } = plan
  return {
    Hostname: plan.hostname,
    Platform: plan.platform ?? { Architecture: 'x86_64', OS: 'linux' },
    Resources: {
      NanoCPUs: cpus * 1e9,
      MemoryBytes: memory,
      ...(generic && { GenericResources: generic }),
    },
    Engine: {
      EngineVersion: plan.engineVersion ?? VERSIONS.engine,
      ...(plan.engineLabels && { Labels: plan.engineLabels }),
      Plugins: [...PLUGINS, ...(plan.plugins ?? [])],
    },
    TLSInfo: tls,
  }
}
