import { isBuilt } from './built.mjs'
import { demo } from './demo.mjs'
import { judge } from './judge.mjs'
import { keep } from './keep.mjs'

const node = process.execPath
const source = ['server/src/main.ts']
const built = ['server/dist/main.mjs']

/** Every task by the name that `npm run` knows it by. `run` ends the process on failure. */
export const tasks = {
  /** The console on the swarm that the environment names. */
  start: (rest, run) => {
    run('pnpm', ['run', 'build'])
    process.env.NODE_ENV ??= 'production'
    return keep([node, ...built, ...rest])
  },

  /** The console on a simulated swarm that lives: no Docker, no root. */
  demo: (rest, run) => {
    if (!isBuilt()) run('pnpm', ['run', 'build'])
    return demo(rest)
  },

  /** A simulated swarm alone, for whatever speaks to a Docker engine. */
  simulator: (rest) => keep([node, 'server/src/docker/simulator/main.ts', ...rest]),

  /** `start` with reload: the server on its port, the web application on Vite's. */
  dev: () => keep([node, '--watch', ...source], ['pnpm', '--filter', '@skep/web', 'dev']),

  /** A real swarm on this machine, sample stacks on it, and the console beside it. */
  lab: (rest, run) => {
    run('pnpm', ['run', 'build'])
    return keep([node, 'e2e/lab/start.ts', ...rest])
  },

  test: judge,

  bench: (rest, run) => {
    run('pnpm', ['run', 'build'])
    run(node, ['e2e/bench/main.ts', ...rest])
  },

  truth: (rest, run) => {
    run('pnpm', ['run', 'build'])
    run(node, ['e2e/truth/main.ts', ...rest])
  },

  /** The simulator held against real swarms: neither needs the console. */
  parity: (rest, run) => run(node, ['e2e/parity/main.ts', ...rest]),
}
