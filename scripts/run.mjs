#!/usr/bin/env node
/**
 * The one door to every task: `npm start`, `npm test`, `npm run lab`, `npm run bench`.
 * Works on any Node with npm: fetches the pinned Node and pnpm through npx where the
 * machine's own are too old, installs from the lockfile when it is newer than the last
 * install, then runs the task. No global install, no corepack (its signature check fails
 * against the current registry keys).
 */
import { spawn, spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
process.chdir(root)

const { packageManager, engines } = JSON.parse(readFileSync('package.json', 'utf8'))
const node = readFileSync('.nvmrc', 'utf8').trim()
const wanted = Number(engines.node.replace(/\D/g, ''))
const [task = 'start', ...rest] = process.argv.slice(2)

/** Runs a command in this terminal and ends with its exit code if it failed. */
function run(command, args) {
  const { status, signal } = spawnSync(command, args, {
    stdio: 'inherit',
    env: process.env,
  })
  if (status !== 0) process.exit(signal ? 130 : (status ?? 1))
}

/**
 * Re-runs this script under the pinned Node, with the pinned pnpm on PATH. npx only
 * fetches them and says where they are: a process of its own between a supervisor and the
 * task would keep signals from arriving.
 */
function underPinnedTools() {
  const where = ['--yes', '-p', `node@${node}`, '-p', packageManager, '-c', 'echo "$PATH"']
  const fetched = spawnSync('npx', where, {
    stdio: ['inherit', 'pipe', 'inherit'],
    encoding: 'utf8',
  })
  if (fetched.status !== 0) process.exit(fetched.status ?? 1)
  const PATH = fetched.stdout.trim().split('\n').at(-1)
  // Started by another pnpm, the child must not take itself for that pnpm's as well.
  const { npm_config_user_agent: _, ...inherited } = process.env
  const asked = {
    SKEP_TOOLS: packageManager,
    SKEP_RERUN_BY: String(process.pid),
    SKEP_ASKED_AT: String(performance.timeOrigin),
  }
  const env = { ...inherited, PATH, ...asked }
  const child = spawn('node', ['scripts/run.mjs', task, ...rest], { stdio: 'inherit', env })
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(signal ? 130 : (code ?? 1)))
}

const modified = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
const hasPnpm = (process.env.npm_config_user_agent ?? '').startsWith('pnpm')
const ready = process.env.SKEP_TOOLS === packageManager && !hasPnpm

if (Number(process.versions.node.split('.')[0]) < wanted || !ready) {
  // Once more would be the same once more, without end.
  if (process.env.SKEP_RERUN_BY === String(process.ppid)) {
    console.error(
      `npx fetched Node ${node}, but \`node\` is still ${process.version}. Put Node ${wanted} or newer first on PATH, and try again.`,
    )
    process.exit(1)
  }
  underPinnedTools()
} else {
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
