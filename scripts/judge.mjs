import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'

/**
 * `npm test`: everything that judges the project, one suite after another, each counted; a
 * suite that fails does not keep the later ones from being run. The last line adds them
 * up: `N passed, N failed`.
 */
const reports = 'node_modules/.cache/skep'
const unitReport = `${reports}/unit.json`
const realReport = `${reports}/real.json`

const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${unitReport}`]

/** In a log file each of thousands of dots would have a colour of its own. */
const plain = process.stdout.isTTY ? {} : { NO_COLOR: '1' }

const suites = [
  { name: 'lint', command: 'pnpm run lint', count: asOne },
  { name: 'types', command: 'pnpm run typecheck', count: asOne },
  {
    name: 'unit',
    command: `pnpm exec vitest run ${reporters.join(' ')}`,
    env: plain,
    report: unitReport,
    count: asVitest,
  },
  { name: 'build', command: 'pnpm run build', count: asOne },
  {
    name: 'demo',
    command: 'pnpm --filter @skep/e2e exec playwright test --project demo',
    needs: browserMissing,
    report: realReport,
    count: asPlaywright,
  },
  {
    name: 'lab',
    command: 'bash e2e/lab/selftest.sh 20',
    needs: labMissing,
    count: asClosingLine,
  },
  {
    name: 'real',
    command:
      'pnpm --filter @skep/e2e exec playwright test --project engine-* --project pages',
    needs: labMissing,
    report: realReport,
    count: asPlaywright,
  },
]

/** @param only names of suites; none means all */
export function judge(only) {
  const unknown = only.filter((name) => !suites.some((suite) => suite.name === name))
  if (unknown.length > 0) {
    const names = suites.map(({ name }) => name).join(', ')
    process.stderr.write(`There is no suite ${unknown.join(', ')}: take of ${names}.\n`)
    process.exit(2)
  }
  mkdirSync(reports, { recursive: true })
  const chosen = suites.filter(({ name }) => only.length === 0 || only.includes(name))
  const results = chosen.map(run)

  heading('all')
  for (const { name, seconds, ...counts } of results)
    say(`${name.padEnd(6)}`, counts, seconds)
  const total = (key) => results.reduce((sum, result) => sum + result[key], 0)
  process.stdout.write('\n')
  if (total('skipped') > 0) process.stdout.write(`${total('skipped')} skipped\n`)
  say('', { passed: total('passed'), failed: total('failed'), skipped: 0 })
  process.exit(total('failed') > 0 ? 1 : 0)
}

function run({ name, command, env, needs, report, count }) {
  heading(name)
  const reason = needs?.() ?? null
  if (reason) return { name, seconds: 0, ...without(reason) }
  if (report) rmSync(report, { force: true })
  const started = Date.now()
  const [program, ...args] = command.split(' ')
  const stdout = count === asClosingLine ? 'pipe' : 'inherit'
  const ended = spawnSync(program, args, {
    stdio: ['inherit', stdout, 'inherit'],
    encoding: 'utf8',
    env: { ...process.env, ...env },
  })
  if (ended.stdout) process.stdout.write(ended.stdout)
  const seconds = Math.round((Date.now() - started) / 1000)
  return { name, seconds, ...count(ended.status === 0, ended.stdout ?? '') }
}

/** What the stories in a browser lack on this machine, in one line; null if nothing. */
function browserMissing() {
  const browser = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
  return existsSync(browser) ? null : `there is no browser at ${browser}`
}

/** The same for those on a real swarm. */
function labMissing() {
  const reason = browserMissing()
  if (reason) return reason
  const args = ['e2e/lab/lab', 'check', '--engine', 'mixed']
  const check = spawnSync('bash', args, { encoding: 'utf8' })
  return check.status === 0 ? null : check.stdout?.trim() || 'this is not a Linux machine'
}

/** Elsewhere a skip; in CI that something cannot run is a failure. */
function without(reason) {
  process.stdout.write(`This cannot run here: ${reason}\n`)
  return process.env.CI
    ? { passed: 0, failed: 1, skipped: 0 }
    : { passed: 0, failed: 0, skipped: 1 }
}

function asOne(ok) {
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 }
}

function asVitest(ok) {
  const report = read(unitReport)
  if (!report) return asOne(false)
  const {
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: skipped,
  } = report
  // A file that could not be loaded fails the run without a failed test.
  return { passed, failed: ok ? failed : Math.max(1, failed), skipped }
}

/** A test that passed only when tried again is a failure: its cause is to be found. */
function asPlaywright(ok) {
  const report = read(realReport)
  if (!report) return asOne(false)
  const { expected: passed, unexpected, flaky, skipped } = report.stats
  const failed = unexpected + flaky
  return { passed, failed: ok ? failed : Math.max(1, failed), skipped }
}

function asClosingLine(ok, output) {
  const [, passed, failed] = output.match(/(\d+) passed, (\d+) failed\s*$/) ?? []
  if (passed === undefined) return asOne(false)
  const failures = Number(failed)
  return {
    passed: Number(passed),
    failed: ok ? failures : Math.max(1, failures),
    skipped: 0,
  }
}

function read(report) {
  return existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null
}

function heading(name) {
  process.stdout.write(`\n── ${name} ${'─'.repeat(70 - name.length)}\n`)
}

function say(name, { passed, failed, skipped }, seconds) {
  const words = [`${passed} passed`, `${failed} failed`]
  if (skipped > 0) words.push(`${skipped} skipped`)
  const time = seconds === undefined ? '' : ` (${seconds} s)`
  process.stdout.write(`${name ? `${name} ` : ''}${words.join(', ')}${time}\n`)
}
