import type { Node, Service, Stored, Task } from '../store/objects.ts'
import type { Swarm } from '../swarm.ts'

const texts = new WeakMap<object, string>()

/** Objects are never changed in place, so each is written once, however often it is read. */
export function taskText(task: Task): string {
  const known = texts.get(task)
  if (known !== undefined) return known
  const { hidden: _, Slot, JobIteration, ...shown } = task
  // Slot 0, of jobs, is not told.
  const text = JSON.stringify({
    ...shown,
    ...(Slot && { Slot }),
    ...(JobIteration && { JobIteration: versionShown(JobIteration) }),
  })
  texts.set(task, text)
  return text
}

export function serviceText(service: Service): string {
  const known = texts.get(service)
  if (known !== undefined) return known
  const text = JSON.stringify(serviceShown(service))
  texts.set(service, text)
  return text
}

export function serviceShown({ hidden: _, JobStatus, ...shown }: Service) {
  if (!JobStatus) return shown
  const JobIteration = versionShown(JobStatus.JobIteration)
  return { ...shown, JobStatus: { ...JobStatus, JobIteration } }
}

/** Zero is not told. */
function versionShown({ Index }: { Index: number }): { Index?: number } {
  return Index === 0 ? {} : { Index }
}

/** With what its managers think of it, which is not part of the object. */
export function nodeText(swarm: Swarm, node: Node): string {
  let text = texts.get(node)
  if (text === undefined) {
    const { hidden: _, ...shown } = node
    text = JSON.stringify(shown)
    texts.set(node, text)
  }
  const status = swarm.managers.statusOf(node.ID)
  return status ? withField(text, 'ManagerStatus', status) : text
}

export function secretShown({ hidden: _, Spec, ...rest }: Stored): object {
  const { Data: __, ...shown } = Spec
  return { ...rest, Spec: shown }
}

export function configShown({ hidden, Spec, ...rest }: Stored): object {
  return { ...rest, Spec: { ...Spec, Data: hidden.data } }
}

/** A JSON object's text with one more field. */
export function withField(text: string, name: string, value: unknown): string {
  return `${text.slice(0, -1)},${JSON.stringify(name)}:${JSON.stringify(value)}}`
}
