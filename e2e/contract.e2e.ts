import { Cluster } from '@skep/shared/contract/cluster'
import { applyPatch, follows, Patch } from '@skep/shared/contract/patch'
import { api } from '@skep/shared/paths'
import { expect, test } from './fixtures.ts'
import { until } from './lab/lab.ts'
import { createService, image, removeService, serviceIs } from './swarm.ts'

/** What other programs rely on, told by the real swarm and nobody's browser. */
test.describe('the HTTP contract', () => {
  test('the snapshot is what the contract says, and names what the engine has', async ({
    lab,
    skep,
  }) => {
    const cluster = Cluster.parse(await skep.cluster())
    expect(Object.keys(cluster.nodes).sort()).toEqual(['m1', 'm2', 'm3', 'w1', 'w2'])
    expect(cluster.swarm).toMatchObject({ state: 'live', feed: 'push' })
    expect(cluster.swarm.managers).toEqual({ total: 3, reachable: 3, canLose: 1 })
    const ls = await lab.docker(
      'm1',
      'node',
      'ls',
      '--format',
      '{{.Hostname}} {{.ManagerStatus}}',
    )
    expect(ls).toContain(`${cluster.swarm.leader} Leader`)
  })

  test('the stream leads from one snapshot to the next', async ({ lab, skep }) => {
    const reader = await openStream(skep.url)
    await createService(lab, 'streamed', 2)
    await serviceIs(skep, 'streamed', 'converged')
    await until(
      () => reader.cluster()?.services.streamed?.convergence.verdict === 'converged',
      { what: 'the stream to say so too', timeout: 10_000 },
    )
    const { freshness: _, ...shown } = reader.cluster() ?? {}
    const { freshness: __, ...truth } = Cluster.parse(await skep.cluster())
    expect(shown).toEqual(truth)
    await reader.close()
    await removeService(lab, skep, 'streamed')
  })

  test('each failure of a crash loop is counted', async ({ lab, skep }) => {
    const loop = ['sh', '-c', 'sleep 1; exit 3']
    await createService(lab, 'looping', 1, { command: loop })
    const seen = await until(
      async () => {
        const failures = (await skep.cluster()).services.looping?.recentFailures ?? 0
        return failures >= 4 ? failures : null
      },
      { what: 'four failures', timeout: 40_000 },
    )
    const tasks = await lab.docker('m1', 'service', 'ps', '--quiet', 'looping')
    // A new one may have been made since; every other one that there was has failed.
    expect(tasks.trim().split('\n').length).toBeLessThanOrEqual(seen + 2)
    await removeService(lab, skep, 'looping')
  })

  test('a quiet swarm sends beats and no patches, and its facts stay fresh', async ({
    skep,
  }) => {
    const reader = await openStream(skep.url)
    await until(() => reader.beats() >= 2, { what: 'two beats', timeout: 20_000 })
    const { freshness } = await skep.cluster()
    const age = Date.parse(freshness.now) - Date.parse(freshness.contactAt ?? '')
    expect(age).toBeLessThan(10_000)
    await reader.close()
  })

  test('no secret, environment value or join token leaves the server', async ({
    lab,
    skep,
  }) => {
    const canary = `canary${Date.now()}`
    const base64 = Buffer.from(canary).toString('base64')
    for (const kind of ['secrets', 'configs']) {
      await lab.api('m1', 'POST', `/${kind}/create`, { Name: 'guarded', Data: base64 })
    }
    await lab.docker(
      'm1',
      'service',
      'create',
      '--quiet',
      '--detach',
      '--name',
      'guarded',
      '--env',
      `TOKEN=${canary}`,
      '--label',
      `api.token=${canary}`,
      '--secret',
      'guarded',
      '--config',
      'guarded',
      image('idle', 'v1'),
      'sh',
      '-c',
      'sleep 100000',
      'sh',
      `--password=${canary}`,
    )
    await serviceIs(skep, 'guarded', 'converged')
    const { JoinTokens } = (await lab.api('m1', 'GET', '/swarm')) as {
      JoinTokens: { Worker: string; Manager: string }
    }
    const reader = await openStream(skep.url)
    await until(reader.cluster, { what: 'a snapshot', timeout: 10_000 })
    const paths = [
      api.cluster(),
      api.serviceSpec('guarded'),
      api.serviceTasks('guarded'),
      api.serviceLogs('guarded'),
    ]
    const answers = await Promise.all(paths.map((path) => beginningOf(skep.url + path)))
    for (const said of [...answers, reader.text(), skep.output]) {
      for (const kept of [canary, base64, JoinTokens.Worker, JoinTokens.Manager]) {
        expect(said).not.toContain(kept)
      }
    }
    await reader.close()
    // The check can fail: the name of the variable is there to be found.
    expect(answers.join()).toContain('TOKEN')
    await removeService(lab, skep, 'guarded')
    for (const kind of ['secret', 'config']) {
      await until(() => lab.docker('m1', kind, 'rm', 'guarded'), {
        what: `no task to use the ${kind}`,
        timeout: 30_000,
      })
    }
  })

  test('OpenAPI describes it, with a page to browse it', async ({ skep, page }) => {
    const document = await (await fetch(skep.url + api.openapi())).json()
    expect(document).toMatchObject({ openapi: '3.1.0', info: { title: 'Skep' } })
    await page.goto(api.docs())
    await expect(page.getByText('/api/cluster').first()).toBeVisible()
  })
})

/** What an answer says within a second; one that never ends is left then. */
async function beginningOf(url: string): Promise<string> {
  const { body } = await fetch(url, { signal: AbortSignal.timeout(1_000) })
  let text = ''
  try {
    for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? [])
      text += chunk
  } catch (error) {
    if (!(error instanceof DOMException)) throw error
  }
  return text
}

/** Follows the stream as a program would: a snapshot, then every patch, each the next. */
async function openStream(url: string) {
  const leaving = new AbortController()
  const { body } = await fetch(url + api.stream(), { signal: leaving.signal })
  let cluster: Cluster | null = null
  let beats = 0
  let everything = ''
  const read = async () => {
    let text = ''
    for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
      everything += chunk
      const frames = (text + chunk).split('\n\n')
      text = frames.pop() ?? ''
      for (const frame of frames) take(frame)
    }
  }
  const take = (frame: string) => {
    const event = frame.match(/^event: (.+)$/m)?.[1]
    const data = JSON.parse(frame.match(/^data: (.+)$/m)?.[1] ?? 'null')
    if (event === 'beat') beats += 1
    if (event === 'snapshot') cluster = Cluster.parse(data)
    if (event === 'patch') {
      const patch = Patch.parse(data)
      if (!cluster || !follows(cluster, patch)) throw new Error(`a gap before ${patch.seq}`)
      cluster = applyPatch(cluster, patch)
    }
  }
  const reading = read().catch((error: unknown) => {
    if (!leaving.signal.aborted) throw error
  })
  return {
    cluster: (): Cluster | null => cluster,
    beats: () => beats,
    text: () => everything,
    close: () => {
      leaving.abort()
      return reading
    },
  }
}
