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
    const paths = [api.cluster(), api.serviceSpec('guarded'), api.serviceTasks('guarded')]
    const answers = await Promise.all(
      paths.map(async (path) => (await fetch(skep.url + path)).text()),
    )
    for (const said of [...answers, skep.output]) {
      expect(said).not.toContain(canary)
      expect(said).not.toContain(JoinTokens.Worker)
      expect(said).not.toContain(JoinTokens.Manager)
    }
    // The check can fail: the name of the variable is there to be found.
    expect(answers.join()).toContain('TOKEN')
    await removeService(lab, skep, 'guarded')
  })

  test('OpenAPI describes it, with a page to browse it', async ({ skep, page }) => {
    const document = await (await fetch(skep.url + api.openapi())).json()
    expect(document).toMatchObject({ openapi: '3.1.0', info: { title: 'Skep' } })
    await page.goto(api.docs())
    await expect(page.getByText('/api/cluster').first()).toBeVisible()
  })
})

/** Follows the stream as a program would: a snapshot, then every patch, each the next. */
async function openStream(url: string) {
  const leaving = new AbortController()
  const { body } = await fetch(url + api.stream(), { signal: leaving.signal })
  let cluster: Cluster | null = null
  let beats = 0
  const read = async () => {
    let text = ''
    for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
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
    close: () => {
      leaving.abort()
      return reading
    },
  }
}
