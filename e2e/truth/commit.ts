import { execFileSync } from 'node:child_process'

/** The commit that is judged, and whether it is all; null where there is no git, or none yet. */
export function commitOf(): string | null {
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', import.meta.dirname, ...args], {
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim()
  try {
    const changed =
      git('status', '--porcelain', '--', ':(top,exclude)e2e/truth/*.json') !== ''
    return git('rev-parse', '--short', 'HEAD') + (changed ? ' and uncommitted changes' : '')
  } catch {
    return null
  }
}
