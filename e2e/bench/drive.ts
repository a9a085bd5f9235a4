import { createService, manager, type Setting } from './setting.ts'

const replicas = 6
const more = 9

/**
 * Keeps one service in motion until enough task state changes were seen: rolling updates,
 * two tasks at a time, and now and then a scale up and down. Each step waits until the
 * tasks have come to rest. The service is there until `tidy`.
 * @param begin starts whoever watches it; called once it is at rest
 * @returns the instants between which it was in motion, in milliseconds since 1970, and
 * whoever watched it
 */
export async function driveService<T>(
  { lab, reference, measure, open }: Setting,
  name: string,
  begin: () => Promise<T>,
): Promise<[{ from: number; to: number }, T]> {
  const service = (...args: string[]) => lab.docker(manager, 'service', ...args)
  const change = (...args: string[]) =>
    service('update', '--quiet', '--detach', ...args, name)
  await createService(lab, name, replicas)
  open.push(async () => {
    await service('rm', name)
    await reference.quiet(3_000)
  })
  await reference.quiet(3_000)
  const watcher = await begin()

  const from = Date.now()
  const before = reference.changes.length
  const enough = () =>
    reference.changes.length - before >= measure.changes ||
    Date.now() - from > measure.patience
  for (let step = 0; !enough(); step += 1) {
    if (step % 4 === 2) await change('--replicas', `${more}`)
    else if (step % 4 === 3) await change('--replicas', `${replicas}`)
    else await change('--force', '--no-resolve-image')
    await reference.quiet(1_500)
  }
  // What is late may be later than the last change: it too shall be seen.
  await reference.quiet(3_000)
  return [{ from, to: Date.now() }, watcher]
}

/** The changes of a service within a time. */
export async function changesOf(
  { lab, reference }: Setting,
  name: string,
  { from, to }: { from: number; to: number },
) {
  const id = await lab.docker(manager, 'service', 'inspect', '--format', '{{.ID}}', name)
  return reference.changes.filter(
    ({ serviceId, at }) => serviceId === id.trim() && at >= from && at <= to,
  )
}
