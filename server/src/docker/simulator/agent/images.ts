import type { Random } from '../random.ts'
import type { ContainerSpec } from '../store/specs.ts'
import { type Behaviour, type ImageBehaviour, ordinary } from './behaviour.ts'
import { demoApp } from './demo-app.ts'
import { parseReference, type Reference } from './reference.ts'
import { sentinel } from './sentinels.ts'

/** By `repository:tag`, or by `repository` for all its tags. */
export type ImageBook = Map<string, (behaviour: Behaviour) => ImageBehaviour>

/**
 * What the container of a spec does. Sentinel images (`demo/crash-on-start` and others)
 * and those of the lab (`demo/web:crash`) do what their name says; those in `book` what it
 * says; all others just run. No image has `nosuch` or `no-such` in its name.
 */
export function behaviourOf(
  container: ContainerSpec,
  { isJob, book, random }: { isJob: boolean; book: ImageBook; random: Random },
): ImageBehaviour {
  const image = container.Image ?? ''
  const reference = parseReference(image)
  if (isMissing(reference)) return 'missing'
  const name = reference.repository.split('/').at(-1) ?? ''
  const plain = ordinary(name, random)
  const { repository, tag } = reference
  const own = book.get(`${repository}:${tag}`) ?? book.get(repository)
  const made = own
    ? own(plain)
    : (sentinel(reference, plain, random) ?? demoApp(reference, container, plain) ?? plain)
  if (made === 'missing') return 'missing'
  return withCommand(withHealthcheck(finished(made, isJob, random), container), container)
}

/** An image with a real name that no registry has. */
export function isMissing({ repository, tag }: Reference): boolean {
  return /no[-/]?such/.test(repository) || /no-?such/.test(tag)
}

/** The tasks of jobs come to an end. */
function finished(behaviour: Behaviour, isJob: boolean, random: Random): Behaviour {
  if (!isJob || behaviour.exit) return behaviour
  return { ...behaviour, exit: { after: random.between(2000, 6000), code: 0 } }
}

function withHealthcheck(behaviour: Behaviour, { Healthcheck }: ContainerSpec): Behaviour {
  const [kind] = Healthcheck?.Test ?? []
  if (kind === undefined) return behaviour
  if (kind === 'NONE') {
    const { health: _, ...rest } = behaviour
    return rest
  }
  // The first check comes after one interval, 30 seconds where none is given.
  const interval = (Healthcheck?.Interval || 30e9) / 1e6
  return { health: { after: interval, ends: 'healthy' }, ...behaviour }
}

/** @see swarm-lab recordings/errors-28.txt, unknown command */
function withCommand(behaviour: Behaviour, { Command, Args }: ContainerSpec): Behaviour {
  const program = Command?.[0] ?? Args?.[0] ?? ''
  if (!/no[-/]such/.test(program)) return behaviour
  const error =
    'starting container failed: failed to create task for container: failed to create ' +
    'shim task: OCI runtime create failed: runc create failed: unable to start container ' +
    `process: exec: "${program}": stat ${program}: no such file or directory`
  return { ...behaviour, exit: { error } }
}
