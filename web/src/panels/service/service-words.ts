import type { PublishedPort, Service, Verdict } from '@skep/shared/contract/service'

/** What a verdict says of a service, after its name: "web is paused". */
export const predicates: Record<Verdict, string> = {
  converged: 'is converged',
  verifying: 'is verifying',
  converging: 'is converging',
  updating: 'is updating',
  'rolling-back': 'is rolling back',
  'running-job': 'is running',
  paused: 'is paused',
  'rollback-paused': 'is paused in its rollback',
  'rolled-back': 'was rolled back',
  degraded: 'is degraded',
  flapping: 'is flapping',
  down: 'is down',
  'scaled-to-zero': 'is scaled to zero',
  complete: 'is complete',
  unknown: 'is unknown',
}

export const modeWords: Record<Service['mode'], string> = {
  replicated: 'Replicated',
  global: 'Global',
  'replicated-job': 'Job',
  'global-job': 'Global job',
}

/** "8080→80", with what is not tcp or not through the ingress said. */
export function portWords({ published, target, protocol, mode }: PublishedPort): string {
  const from = published === null ? 'chosen later' : String(published)
  const notes = [
    protocol === 'tcp' ? '' : `/${protocol}`,
    mode === 'host' ? ' on the host' : '',
  ]
  return `${from}→${target}${notes.join('')}`
}

/**
 * What tells images of one list apart: neither the registry, which is mostly the same, nor
 * the digest, which nobody reads. "registry:5000/team/web:2.8.1@sha256:…" is "team/web:2.8.1".
 */
export function shortImage(reference: string): string {
  const [name = ''] = reference.split('@')
  const [host, ...path] = name.split('/')
  return path.length > 0 && /[.:]|^localhost$/.test(host ?? '') ? path.join('/') : name
}

/** "4 of 10": what runs of what was asked, or completed of it. */
export function runningOf({ mode, running, desired, completed }: Service): string {
  const isJob = mode === 'replicated-job' || mode === 'global-job'
  return `${isJob ? completed : running} of ${desired}`
}
