import { parseArgs } from 'node:util'
import { numericFlag } from './flags.ts'
import { Simulator } from './simulator.ts'

const USAGE = `Serves a simulated Docker Swarm: the Engine API of its first manager.

  --socket PATH    unix socket to serve it on (or:)
  --port PORT      port of 127.0.0.1; 0 is any
  --watch PATH     unix socket for swarmkit's push feed
  --seed TEXT      the same seed tells the same story (default: skep)
  --speed NUMBER   times faster than the world (default: 1)
  --workers COUNT  beside three managers (default: 2)

What goes wrong is told at the same door, and taken back with DELETE:

  POST /simulator/faults {"fault": {"kind": "latency", "ms": 2000}, "path": "/tasks"}
    kinds: latency (ms), drop, error (status, message), garbage, truncate (bytes)
    which calls, if not all: method, path (as it begins), times, probability
`

const { values } = parseArgs({
  options: {
    socket: { type: 'string' },
    port: { type: 'string' },
    watch: { type: 'string' },
    seed: { type: 'string', default: 'skep' },
    speed: { type: 'string', default: '1' },
    workers: { type: 'string', default: '2' },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) {
  process.stdout.write(USAGE)
} else {
  const managers = ['m1', 'm2', 'm3'].map((hostname) => ({
    hostname,
    role: 'manager' as const,
  }))
  const length = numericFlag('workers', values.workers)
  const workers = Array.from({ length }, (_, index) => ({ hostname: `w${index + 1}` }))
  const simulator = await Simulator.start({
    seed: values.seed,
    start: Date.now(),
    speed: numericFlag('speed', values.speed),
    nodes: [...managers, ...workers],
    ...(values.socket
      ? { socket: values.socket }
      : { port: numericFlag('port', values.port ?? '0') }),
  })
  process.stdout.write(`DOCKER_HOST=${simulator.host}\n`)
  if (values.watch) {
    const { host } = await simulator.openPushFeed(values.watch)
    process.stdout.write(`push feed at ${host}\n`)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void simulator.close().then(() => process.exit(0)))
  }
}
