import type { Task } from '../store/objects.ts'

/**
 * What a node says of a bind mount whose source it does not have. Everything is there but
 * what begins with `/no/such`.
 * @see swarm-lab recordings/errors-28.txt, bind mount source missing
 */
export function missingSource({ Spec }: Task): string | null {
  const missing = (Spec.ContainerSpec?.Mounts ?? []).find(
    ({ Type, Source = '' }) => Type === 'bind' && Source.startsWith('/no/such'),
  )
  return missing
    ? `invalid mount config for type "bind": bind source path does not exist: ${missing.Source}`
    : null
}
