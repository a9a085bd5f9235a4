import type { Session } from '../session.ts'
import { image, serviceSpec } from '../specs.ts'
import type { Answer } from '../wire.ts'

/** What a service wrote, in the frames that it comes in. */
export async function logs(session: Session): Promise<void> {
  const talks = serviceSpec('talks', {
    image: image('job'),
    replicas: 2,
    container: { Env: ['STEPS=2'], Hostname: 'box' },
    template: { RestartPolicy: { Condition: 'none' } },
  })
  const fails = serviceSpec('fails', {
    image: image('web', 'crash'),
    container: { Env: ['CRASH_AFTER=0'], Hostname: 'box' },
    template: { RestartPolicy: { Condition: 'none' } },
  })
  const writes = serviceSpec('writes-raw', {
    image: image('job'),
    container: { TTY: true, Env: ['STEPS=1'], Hostname: 'box' },
    template: { RestartPolicy: { Condition: 'none' } },
  })
  const ids = new Map<string, string>()
  for (const spec of [talks, fails, writes])
    ids.set(spec.Name, await session.make('services', spec))
  for (const [name, count] of [
    ['talks', 2],
    ['fails', 1],
    ['writes-raw', 1],
  ] as const) {
    const path = `/tasks?filters=${encodeURIComponent(JSON.stringify({ service: [name] }))}`
    await session.until(`${name} to end`, async () => {
      const tasks = (await session.need('GET', path)) as { Status: { State: string } }[]
      const ended = tasks.filter(({ Status }) => /complete|failed/.test(Status.State))
      return ended.length === count
    })
  }
  const id = ids.get('talks') ?? ''
  const both = 'stdout=1&stderr=1'
  const asked: Record<string, string> = {
    'both streams': `/services/${id}/logs?${both}`,
    'by name': `/services/talks/logs?${both}`,
    'stdout alone': `/services/${id}/logs?stdout=1`,
    'stderr alone': `/services/${id}/logs?stderr=1`,
    'a crash, both': `/services/fails/logs?${both}`,
    'a crash, stderr': `/services/fails/logs?stderr=1`,
    timestamps: `/services/${id}/logs?${both}&timestamps=1`,
    details: `/services/${id}/logs?${both}&details=1`,
    'timestamps and details': `/services/${id}/logs?${both}&timestamps=1&details=1`,
    'tail 1': `/services/${id}/logs?${both}&tail=1`,
    'tail 0': `/services/${id}/logs?${both}&tail=0`,
    'tail all': `/services/${id}/logs?${both}&tail=all`,
    'tail nonsense': `/services/${id}/logs?${both}&tail=some`,
    'since later': `/services/${id}/logs?${both}&since=4000000000`,
    'since 1970': `/services/${id}/logs?${both}&since=1`,
    'since nonsense': `/services/${id}/logs?${both}&since=yesterday`,
    'of a terminal': `/services/writes-raw/logs?${both}`,
  }
  for (const [name, path] of Object.entries(asked)) {
    const answer = await session.ask('GET', path)
    session.tell(`logs, ${name}`, linesOf(session, answer, name === 'of a terminal'))
  }
  await session.say('logs, no stream', 'GET', `/services/${id}/logs`)
  await session.say('logs, no such service', 'GET', `/services/nope/logs?${both}`)
  await session.say('logs, no such task', 'GET', `/tasks/nope/logs?${both}`)
  for (const name of ids.keys()) await session.ask('DELETE', `/services/${name}`)
}

/** Frames, each with its stream; how often a line comes is part of it. */
function linesOf(
  session: Session,
  { status, headers, body }: Answer,
  isRaw: boolean,
): string[] {
  const about = [`status ${status}`, `content-type: ${headers['content-type']}`]
  if (isRaw || status !== 200) return [...about, ...body.toString().split('\n').map(words)]
  const counts = new Map<string, number>()
  let rest = body
  while (rest.length >= 8) {
    const end = 8 + rest.readUInt32BE(4)
    const line = words(`${rest[0]} ${rest.subarray(8, end)}`)
    counts.set(line, (counts.get(line) ?? 0) + 1)
    rest = rest.subarray(end)
  }
  return [
    ...about,
    ...[...counts].map(([line, count]) => `${count} × ${JSON.stringify(line)}`),
  ]

  function words(line: string): string {
    return session.words(line)
  }
}
