import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { numericFlag } from '../flags.ts'
import { createDemo } from './demo.ts'

/**
 * The swarm of `npm run demo`, as a process of its own: whoever connects to it takes the
 * same path as to a real engine, and its work is none of the console's. It opens the two
 * sockets of a manager in the folder that it is told, and ends with whoever started it.
 */
const { values } = parseArgs({
  options: {
    folder: { type: 'string' },
    seed: { type: 'string', default: 'kettle' },
    speed: { type: 'string', default: '1' },
  },
})
if (!values.folder) throw new Error('--folder names where to open the sockets.')

const demo = createDemo({ seed: values.seed, opening: Date.now() })
demo.pacemaker.speed = numericFlag('speed', values.speed)

// Before the first wait: whoever started it may go at any time, and is not to be missed.
const end = () => void demo.close().then(() => process.exit(0))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end)
process.once('disconnect', end)
// And then nobody reads what it says.
process.stdout.on('error', () => {})

const manager = demo.nodeId('manager-1')
const { host } = await demo.open(manager, { socket: join(values.folder, 'docker.sock') })
await demo.openPushFeed(join(values.folder, 'control.sock'))
process.stdout.write(`DOCKER_HOST=${host}\n`)
