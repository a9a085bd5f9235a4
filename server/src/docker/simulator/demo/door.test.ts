import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { connectDocker } from '../../dockerode.ts'
import { createDemo } from './demo.ts'

const opening = Date.UTC(2026, 10, 22, 9)

test('behind its socket is an engine that says that it is simulated, and tells its time', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'skep-door-'))
  const socketPath = join(folder, 'docker.sock')
  const demo = createDemo({ seed: 'kettle', opening })
  onTestFinished(async () => {
    await demo.close()
    rmSync(folder, { recursive: true })
  })
  const { host } = await demo.open(demo.nodeId('manager-1'), { socket: socketPath })
  const api = connectDocker({ label: host, kind: 'unix', socketPath })

  expect((await api.info()).Labels).toContain('skep.simulated=true')
  expect(await api.nodes()).toHaveLength(9)
  expect((await api.services()).map(({ Spec }) => Spec.Name)).toContain('shop_checkout')
  expect(await api.simulatedTime()).toEqual({ now: opening, speed: 0 })
  expect(await api.setSimulatedSpeed(60)).toEqual({ now: opening, speed: 60 })
  await expect.poll(async () => (await api.simulatedTime()).now).toBeGreaterThan(opening)
})
