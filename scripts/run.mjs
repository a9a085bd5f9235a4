#!/usr/bin/env node
/**
 * The one door to every task: `npm start`, `npm test`, `npm run lab`, `npm run bench`.
 * Works on any Node with npm: fetches the pinned Node and pnpm through npx where the
 * machine's own are too old, installs from the lockfile when it is newer than the last
 * install, then runs the task. No global install, no corepack (its signature check fails
 * against the current registry keys).
 *
 * An old Node reads this file before the new one can be fetched: its syntax is Node 12's (no
 * `??`, no `?.`, no `await` at the top), it imports nothing of ours before the new Node runs,
 * and outside `perform` it uses no newer built-ins.
 */
import { spawn, spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, resolve } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
process.chdir(root)

const { packageManager, engines } = JSON.parse(readFileSync('package.json', 'utf8'))
const node = readFileSync('.nvmrc', 'utf8').trim()
const wanted = Number(engines.node.replace(/\D/g, ''))
const major = Number(process.versions.node.split('.')[0])
const [task = 'start', ...rest] = process.argv.slice(2)

/** Ours after a child's: a shell's number of a signal that has ended it, 130 of Ctrl-C. */
function exitCode(status, signal) {
  if (signal) return 128 + constants.signals[signal]
  return status === null ? 1 : status
}

/** Runs a command in this terminal and ends with its exit code if it failed. */
function run(command, args) {
  const { status, signal } = spawnSync(command, args, {
    stdio: 'inherit',
    env: process.env,
  })
  if (status !== 0) process.exit(exitCode(status, signal))
}

/**
 * What npx is asked for. That of npm 6, which comes with Node up to 14, cannot install a Node,
 * and removes what it has fetched when it ends: it fetches a newer npx, which can and does not.
 */
function whereTheyAre() {
  const fetch = ['-p', `node@${node}`, '-p', packageManager, '-c']
  const say = 'echo "$PATH"'
  if (major > 14) return [...fetch, say]
  return ['-p', 'npm@8', '-c', `npx ${fetch.join(' ')} '${say}'`]
}

/**
 * Re-runs this script under the pinned Node, with the pinned pnpm on PATH. npx only
 * fetches them and says where they are: a process of its own between a supervisor and the
 * task would keep signals from arriving.
 */
function underPinnedTools() {
  const fetched = spawnSync('npx', whereTheyAre(), {
    stdio: ['inherit', 'pipe', 'inherit'],
    encoding: 'utf8',
    // Without a question. npm 6 asks none, and takes what follows `--yes` for its value.
    env: { ...process.env, npm_config_yes: 'true' },
  })
  if (fetched.status !== 0) process.exit(exitCode(fetched.status, null))
  const PATH = fetched.stdout.trim().split('\n').pop()
  // Started by another pnpm, the child must not take itself for that pnpm's as well.
  const { npm_config_user_agent: _, ...inherited } = process.env
  const asked = {
    SKEP_TOOLS: packageManager,
    SKEP_RERUN_BY: String(process.pid),
    SKEP_ASKED_AT: String(performance.timeOrigin),
  }
  const env = { ...inherited, PATH, ...asked }
  const child = spawn('node', ['scripts/run.mjs', task, ...rest], { stdio: 'inherit', env })
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal))
  }
  child.on('exit', (code, signal) => process.exit(exitCode(code, signal)))
}

/** Milliseconds; 0 where there is no such file. */
function modified(file) {
  const found = statSync(file, { throwIfNoEntry: false })
  return found ? found.mtimeMs : 0
}

/** Under the pinned tools. */
async function perform() {
  if (modified('pnpm-lock.yaml') > modified('node_modules/.modules.yaml')) {
    run('pnpm', ['install', '--frozen-lockfile'])
  }
  const { tasks } = await import('./tasks.mjs')
  if (!Object.hasOwn(tasks, task)) {
    console.error(
      `There is no task "${task}". There are: ${Object.keys(tasks).join(', ')}.`,
    )
    process.exit(1)
  }
  await tasks[task](rest, run)
}

const hasPnpm = (process.env.npm_config_user_agent || '').startsWith('pnpm')
const ready = process.env.SKEP_TOOLS === packageManager && !hasPnpm

if (major >= wanted && ready) {
  void perform()
} else if (process.env.SKEP_RERUN_BY === String(process.ppid)) {
  // Once more would be the same once more, without end.
  console.error(
    `npx fetched Node ${node}, but \`node\` is still ${process.version}. Put Node ${wanted} or newer first on PATH, and try again.`,
  )
  process.exit(1)
} else {
  underPinnedTools()
}
