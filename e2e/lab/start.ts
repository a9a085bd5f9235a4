/**
 * `npm run lab`: a real swarm on this machine, sample stacks that exercise every screen,
 * and the console on it. Ctrl-C ends the console and takes the swarm down; `--keep` leaves
 * it running for the next time.
 */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Engine, Lab, labUnavailable } from './lab.ts'

const { values } = parseArgs({
  options: {
    engine: { type: 'string', default: '28' },
    keep: { type: 'boolean', default: false },
  },
})
const engines: readonly Engine[] = ['20', '26', '28', 'mixed']
const engine = engines.find((each) => each === values.engine)
if (!engine) {
  console.error(
    `--engine ${values.engine} is not known. Take one of ${engines.join(', ')}.`,
  )
  process.exit(2)
}
if (labUnavailable(engine)) {
  console.log('Installing what the lab needs …')
  const install = ['install', '--engine', engine]
  spawnSync(join(import.meta.dirname, 'lab'), install, { stdio: 'inherit' })
}
const reason = labUnavailable(engine)
if (reason) {
  console.error(`The lab cannot run here: ${reason}`)
  process.exit(3)
}

console.log('Starting three managers and two workers …')
const dir = join(tmpdir(), 'skep-lab')
const lab = await Lab.up({ managers: 3, workers: 2, engine, dir })
console.log('Building images and deploying the samples …')
await lab.images()
console.log(await lab.samples())

const port = process.env.SKEP_PORT ?? '4310'
console.log(`The console is at http://127.0.0.1:${port}`)
console.log(`The swarm is at DOCKER_HOST=unix://${lab.socket('m1')}`)
const skep = spawn(
  process.execPath,
  [join(import.meta.dirname, '../../server/dist/main.mjs')],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      NODE_ENV: 'production',
      DOCKER_HOST: `unix://${lab.socket('m1')}`,
      SKEP_WATCH_SOCKET: lab.controlSocket('m1'),
      SKEP_PORT: port,
      SKEP_DATA_DIR: join(dir, 'console'),
    },
  },
)
// Left to the console: it ends by itself on the signal that the terminal sends to us both.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => skep.kill('SIGTERM'))
await once(skep, 'exit')
if (!values.keep) await lab.down()
