import type { Observations } from './observation.ts'

/**
 * Steps of a progress: as many as there were looks. That a service converged is said only if
 * it was found so before its update was found completed.
 * @see docker/cli cli/command/service/progress/progress.go, ServiceProgress
 */
const PROGRESS =
  /^(?:(?:\d+\/\d+|<id>|<short>|\w+\/\d+):|job progress|overall progress|active tasks:|verify:|\d+ out of \d+)/

/** What is of the machine, or of chance: which node a task went to. */
const CHANCE: readonly [RegExp, string][] = [
  [/^(\s*)(CPUs|Memory|Issuer Subject|Issuer Public Key):\s+.*/, '$1$2: …'],
  [/"Index": \d+/, '"Index": …'],
  // An id may be without a digit.
  [/^[0-9a-z]{12}(?=\s{2})/, '<short>'],
  [/\.[0-9a-z]{12}@/, '.<short>@'],
  [/(<short> .*) m[123] /, '$1 <node> '],
  [/ {2}(?:Leader|Reachable) {2}<engine>/, '  <manager>  <engine>'],
  [/^(\s*Leader:\s+)\w+/, '$1…'],
  [/@m[123]\b/, '@<node>'],
]

/**
 * What a command printed, without columns that are as wide as their ids, without the steps
 * of a progress, and with rows in order of their words, where they came in order of ids.
 * @param text normalised already
 */
export function cleaned(text: string): string[] {
  const lines = text
    .split('\n')
    .map((line) => line.trimEnd().replaceAll(/(?<=\S)\s{2,}/g, '  '))
    .map((line) => CHANCE.reduce((said, [what, by]) => said.replace(what, by), line))
    .filter((line) => line.trim() !== '' && !PROGRESS.test(line.trim()))
  // A stack is made in the order of a map.
  const isRow = (line: string) =>
    /^(?:\s*\\_ )?<(?:id|short)>|^(?:Creating|Updating|Removing) /.test(line)
  const rows = lines.filter(isRow).sort()
  return [...new Set(lines.map((line) => (isRow(line) ? (rows.shift() ?? '') : line)))]
}

/** All that was typed and printed, one command after another. */
export function transcriptOf(observations: Observations): string {
  return [...observations]
    .filter(([name]) => name.startsWith('docker, '))
    .map(([name, lines]) => ({ name, lines }))
    .sort((a, b) => a.name.localeCompare(b.name))
    .map(({ name, lines }) => `$ ${name.replace(/^.*?: /, '')}\n${lines.join('\n')}\n`)
    .join('\n')
}
