import type { ContainerSpec } from '../store/specs.ts'
import { fieldsOf } from './fields.ts'
import { invalid } from './problem.ts'

/** Domain, path, tag, digest. @see distribution/reference regexp.go */
const DOMAIN = String.raw`(?:[a-zA-Z\d](?:[a-zA-Z\d-]*[a-zA-Z\d])?(?:\.[a-zA-Z\d-]+)*(?::\d+)?\/)?`
const PART = String.raw`[a-z\d]+(?:(?:[._]|__|-+)[a-z\d]+)*`
const IMAGE = new RegExp(
  String.raw`^${DOMAIN}${PART}(?:\/${PART})*(?::\w[\w.-]{0,127})?(?:@[a-zA-Z\d+.:-]+)?$`,
)

/** Nanoseconds. */
const SHORTEST = 1e6

const HEALTH_TIMES = ['Interval', 'Timeout', 'StartPeriod', 'StartInterval'] as const

/**
 * What the managers refuse in the container of a service, in their order and words.
 * @see moby/swarmkit manager/controlapi/service.go validateContainerSpec
 */
export function checkContainer({ Image, Mounts = [], Healthcheck }: ContainerSpec): void {
  if (!Image) throw invalid('ContainerSpec: image reference must be provided')
  if (!IMAGE.test(Image)) {
    throw invalid(`ContainerSpec: ${JSON.stringify(Image)} is not a valid repository/tag`)
  }
  const targets = new Set<string>()
  for (const { Target = '' } of Mounts) {
    if (targets.has(Target)) {
      throw invalid(`ContainerSpec: duplicate mount point: ${Target}`)
    }
    targets.add(Target)
  }
  const health = fieldsOf(Healthcheck)
  for (const name of HEALTH_TIMES) {
    const time = health[name] ?? 0
    if (typeof time === 'number' && time !== 0 && time < SHORTEST) {
      throw invalid(`ContainerSpec: ${name} in HealthConfig cannot be less than 1ms`)
    }
  }
  if (typeof health.Retries === 'number' && health.Retries < 0) {
    throw invalid('ContainerSpec: Retries in HealthConfig cannot be negative')
  }
}

/** @see moby/swarmkit manager/controlapi/service.go validateSecretRefsSpec */
export function checkTargets({ Secrets = [], Configs = [] }: ContainerSpec): void {
  checkFiles(
    'secret',
    Secrets.map(({ SecretID, SecretName, ...rest }) => ({
      id: SecretID,
      name: SecretName,
      ...rest,
    })),
  )
  checkFiles(
    'config',
    Configs.map(({ ConfigID, ConfigName, ...rest }) => ({
      id: ConfigID,
      name: ConfigName,
      ...rest,
    })),
  )
}

type Use = { id?: string; name?: string; File?: { Name?: string }; Runtime?: object }

function checkFiles(what: string, uses: readonly Use[]): void {
  const taken = new Map<string, string>()
  for (const { id, name, File, Runtime } of uses) {
    if (!id || !name) throw invalid(`malformed ${what} reference`)
    if (!File && !Runtime) {
      throw invalid(`malformed ${what} reference, no target provided`)
    }
    if (!File) continue
    const file = File.Name ?? ''
    if (file === '') {
      throw invalid(`malformed file ${what} reference, invalid target file name provided`)
    }
    const before = taken.get(file)
    if (before !== undefined) {
      throw invalid(
        `${what} references '${before}' and '${name}' have a conflicting target: '${file}'`,
      )
    }
    taken.set(file, name)
  }
}
