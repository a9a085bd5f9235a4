import { connectDocker } from '../server/src/docker/dockerode.ts'
import { openWatch } from '../server/src/docker/watch.ts'
import type { TaskChange } from '../server/src/docker/watch-message.ts'
import type { Task } from '../server/src/domain/state.ts'
import { madeLike } from '../server/src/mirror/task-news.ts'
import { type Course, courseOf, toTask } from '../server/src/mirror/translate.ts'
import { expect, test } from './fixtures.ts'
import { type Lab, until } from './lab/lab.ts'
import { createJob, createService, image, updateService } from './swarm.ts'

/** The course of a task in one version of it, by its id and that version. */
type Courses = Map<string, Course>

/**
 * The mirror takes the course of a task that it holds from the push feed, and does not ask for
 * it again: so the feed must say, of each version of each task, what a list says. Nor does it
 * ask for a new one of which it holds a sibling: so both must have been made with the same.
 */
test('what the push feed tells of a task is what a list says of it in that version', async ({
  lab,
}) => {
  const at = { listed: new Map() as Courses, told: new Map() as Courses }
  const socketPath = lab.socket('m1')
  const api = connectDocker({ kind: 'unix', socketPath, label: `unix://${socketPath}` })
  const leaving = new AbortController()
  const feed = await openWatch({
    socketPath: lab.controlSocket('m1'),
    trustRoot: (await api.swarm()).TLSInfo?.TrustRoot ?? '',
    signal: leaving.signal,
  })
  const made = new Map<string, number>()
  const last = new Map<string, number>()
  const heard: TaskChange[] = []
  const tasks = new Map<string, Task>()
  const hearing = (async () => {
    for await (const change of feed) {
      if (change.kind !== 'task' || change.action === 'remove') continue
      const { id, course } = change
      if (!course) continue
      last.set(id, course.Version.Index)
      heard.push(change)
    }
  })()
  const look = async () => {
    const listed = await api.tasks()
    for (const task of listed) {
      const createdAt = Date.parse(task.CreatedAt)
      made.set(task.ID, createdAt)
      const version = `${task.ID} ${task.Version.Index}`
      at.listed.set(version, courseOf(task, createdAt))
      tasks.set(version, toTask(task, null))
    }
    return listed
  }
  let isOver = false
  const looking = (async () => {
    while (!isOver) await look()
  })()
  try {
    await play(lab, async (what, condition) => {
      await until(() => condition([...at.listed.values()]), { what, timeout: 40_000 })
    })
    isOver = true
    await looking
    // At rest: nothing changes any more between the two.
    await until(
      async () =>
        (await look()).every(({ ID, Version }) => (last.get(ID) ?? 0) >= Version.Index),
      { what: 'the feed to have told of all', timeout: 20_000 },
    )
  } finally {
    isOver = true
    leaving.abort()
    await Promise.all([hearing, looking])
  }
  for (const { id, course } of heard) {
    // Of a pending task the time of its making is told, which the feed need not repeat.
    const createdAt = made.get(id)
    if (createdAt === undefined || !course) continue
    at.told.set(`${id} ${course.Version.Index}`, courseOf(course, createdAt))
  }
  const both = [...at.told.keys()].filter((key) => at.listed.has(key))
  for (const key of both) expect(at.told.get(key), key).toEqual(at.listed.get(key))
  const states = new Set(both.map((key) => at.told.get(key)?.state))
  const all = ['running', 'complete', 'shutdown', 'failed', 'rejected', 'pending'] as const
  for (const state of all) expect(states).toContain(state)
  expect(both.some((key) => at.told.get(key)?.hostPorts?.length)).toBe(true)
  expect(both.length).toBeGreaterThan(30)
  expect(siblingsAlike(heard, tasks)).toBeGreaterThan(30)
})

/**
 * Holds what was told of each task, made like a sibling of it, against what a list says.
 * @param tasks as listed, by their ids and versions
 * @returns of how many pairs
 */
function siblingsAlike(told: readonly TaskChange[], tasks: ReadonlyMap<string, Task>) {
  const specOf = new Map(told.map(({ id, making }) => [id, making?.specVersion]))
  let pairs = 0
  for (const change of told) {
    const key = `${change.id} ${change.course?.Version.Index}`
    const listed = tasks.get(key)
    if (!listed) continue
    for (const sibling of tasks.values()) {
      const isOfOneSpec =
        sibling.serviceId === listed.serviceId &&
        specOf.get(sibling.id) === change.making?.specVersion
      if (!isOfOneSpec || sibling.id === change.id) continue
      expect(madeLike(sibling, change), key).toEqual(listed)
      pairs += 1
    }
  }
  return pairs
}

type Await = (
  what: string,
  condition: (seen: readonly Course[]) => boolean,
) => Promise<void>

/** Whatever may become of a task. */
async function play(lab: Lab, awaits: Await): Promise<void> {
  const count = (seen: readonly Course[], state: string) =>
    seen.filter((course) => course.state === state).length
  const port = 'mode=host,target=8080,published=18080'
  await createService(lab, 'fed', 2, {
    from: image('web', 'v1'),
    options: ['--publish', port, '--constraint', 'node.role==manager'],
  })
  await createService(lab, 'fed-crash', 1, { command: ['sh', '-c', 'sleep 1; exit 3'] })
  await createService(lab, 'fed-missing', 1, { from: image('web', 'nosuchtag') })
  await createService(lab, 'fed-nowhere', 1, { options: ['--constraint', 'node.role==x'] })
  await createJob(lab, 'fed-job')
  await awaits('some to run, fail, end and be rejected', (seen) =>
    ['running', 'failed', 'complete', 'rejected', 'pending'].every(
      (state) => count(seen, state) > 0,
    ),
  )
  await updateService(lab, 'fed', '--env-add', 'A=1')
  await awaits('some to be stopped', (seen) => count(seen, 'shutdown') > 1)
  const names = ['fed-crash', 'fed-missing', 'fed-nowhere', 'fed-job']
  await lab.docker('m1', 'service', 'rm', ...names)
  await lab.docker('m1', 'service', 'scale', '--detach', 'fed=0')
}
