import type { Verdict } from '@skep/shared/contract/service'
import type { Console } from './console.ts'
import { type Lab, until } from './lab/lab.ts'

/** The demo images of the lab, by name and tag. */
export const image = (name: 'web' | 'idle' | 'store' | 'job', tag: string) =>
  `registry.lab:5000/demo/${name}:${tag}`

type Make = { from?: string; options?: string[]; command?: string[] }

/** Creates a service of idle tasks; options are those of `docker service create`. */
export async function createService(
  lab: Lab,
  name: string,
  replicas: number,
  { from = image('idle', 'v1'), options = [], command = [] }: Make = {},
): Promise<void> {
  await lab.docker(
    'm1',
    'service',
    'create',
    '--quiet',
    '--detach',
    '--name',
    name,
    '--replicas',
    String(replicas),
    '--restart-delay',
    '1s',
    '--stop-grace-period',
    '1s',
    '--update-monitor',
    '3s',
    ...options,
    from,
    ...command,
  )
}

/** Creates a job that runs once and ends; options are those of `docker service create`. */
export async function createJob(
  lab: Lab,
  name: string,
  ...options: string[]
): Promise<void> {
  const make = ['service', 'create', '--quiet', '--detach', '--mode', 'replicated-job']
  await lab.docker('m1', ...make, '--name', name, ...options, image('job', 'v1'))
}

/** Updates a service and does not wait for what comes of it. */
export async function updateService(
  lab: Lab,
  name: string,
  ...options: string[]
): Promise<void> {
  await lab.docker('m1', 'service', 'update', '--quiet', '--detach', ...options, name)
}

/**
 * Removes a service and waits until the console has seen that. Asks again where it is refused:
 * a leader of release 26 may crash over it, and be started again (e2e/lab/README.md).
 */
export async function removeService(lab: Lab, skep: Console, name: string): Promise<void> {
  let hasFailed = false
  const remove = async () => {
    try {
      await lab.docker('m1', 'service', 'rm', name)
    } catch (error) {
      const isGone = /no such service|service .* not found/i.test(`${error}`)
      // What was asked of an engine that crashed may have been done all the same.
      if (isGone && hasFailed) return true
      hasFailed ||= !isGone
      throw error
    }
    return true
  }
  await until(remove, { what: `${name} to be removed`, timeout: 60_000, interval: 1_000 })
  await until(async () => !(await skep.cluster()).services[name], {
    what: `${name} to be gone`,
    timeout: 30_000,
  })
}

/** Waits until the console gives a service this verdict. */
export async function serviceIs(
  skep: Console,
  name: string,
  verdict: Verdict,
): Promise<void> {
  await until(
    async () => {
      const service = (await skep.cluster()).services[name]
      if (service?.convergence.verdict === verdict) return true
      throw new Error(`${name} is ${service?.convergence.verdict ?? 'not there'}`)
    },
    { what: `${name} to be ${verdict}`, timeout: 60_000 },
  )
}
