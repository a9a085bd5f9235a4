import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'

/**
 * `npm test`: everything that judges the project, one suite after another, each counted;
 * a suite that fails does not keep the later ones from being run. The last line adds
 * them up: `N passed, N failed`.
 */
const reports = 'node_modules/.cache/skep'

const suites = [
  { name: 'lint', command: ['pnpm', 'run', 'lint'], count: one },
  { name: 'types', command: ['pnpm', 'run', 'typecheck'], count: one },
  {
    name: 'unit',
    command: [
      'pnpm',
      'exec',
      'vitest',
      'run',
      '--reporter=dot',
      '--reporter=json',
      `--outputFile.json=${reports}/unit.json`,
    ],
    count: vitest,
  },
  { name: 'build', command: ['pnpm', 'run', 'build'], count: one },
  { name: 'real', command: ['pnpm', 'run', 'e2e'], count: playwright },
]

/** @param only names of suites; none means all */
export function judge(only) {
  mkdirSync(reports, { recursive: true })
  const results = []
  for (const { name, command, count } of suites) {
    if (only.length > 0 && !only.includes(name)) continue
    process.stdout.write(`\n── ${name} ${'─'.repeat(70 - name.length)}\n`)
    for (const report of ['unit', 'real']) {
      if (report === name) rmSync(`${reports}/${report}.json`, { force: true })
    }
    const started = Date.now()
    const [program, ...args] = command
    const { status } = spawnSync(program, args, { stdio: 'inherit', env: process.env })
    const seconds = Math.round((Date.now() - started) / 1000)
    results.push({ name, seconds, ...count(status === 0) })
  }

  process.stdout.write(`\n── all ${'─'.repeat(67)}\n`)
  const sum = (key) => results.reduce((total, result) => total + result[key], 0)
  for (const { name, passed, failed, skipped, seconds } of results) {
    const rest = skipped > 0 ? `, ${skipped} skipped` : ''
    process.stdout.write(
      `${name.padEnd(7)} ${passed} passed, ${failed} failed${rest} (${seconds} s)\n`,
    )
  }
  const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : ''
  process.stdout.write(`\n${sum('passed')} passed, ${sum('failed')} failed${skipped}\n`)
  process.exit(sum('failed') > 0 ? 1 : 0)
}

/** A suite that is one check. */
function one(ok) {
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 }
}

function vitest(ok) {
  const report = readReport('unit')
  if (!report) return one(false)
  const {
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: skipped,
  } = report
  // A file that could not be loaded fails the run without a failed test.
  return { passed, failed: ok ? failed : Math.max(1, failed), skipped }
}

function playwright(ok) {
  const report = readReport('real')
  if (!report) return one(false)
  const { expected, unexpected, flaky, skipped } = report.stats
  const failed = unexpected + flaky
  return { passed: expected, failed: ok ? failed : Math.max(1, failed), skipped }
}

function readReport(name) {
  try {
    return JSON.parse(readFileSync(`${reports}/${name}.json`, 'utf8'))
  } catch {
    return null
  }
}
