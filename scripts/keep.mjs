import { spawn } from 'node:child_process'
import { constants } from 'node:os'

/**
 * Runs commands until one of them ends, and ends the others with it. Hands them the signals
 * that we get; that one of those has ended them is no failure.
 * @param commands each a program and its arguments
 */
export function keep(...commands) {
  const asked = new Set()
  const children = commands.map(([program, ...args]) =>
    spawn(program, args, { stdio: 'inherit', env: process.env }),
  )
  // The terminal signals the whole group; a supervisor signals only us.
  for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
    process.on(name, () => {
      asked.add(name)
      for (const child of children) child.kill(name)
    })
  }
  let ours = null
  for (const child of children) {
    child.on('exit', (code, signal) => {
      // A shell's number of a signal, so that a crash is told from an end.
      ours ??= code ?? (asked.has(signal) ? 0 : 128 + constants.signals[signal])
      const left = children.filter(
        ({ exitCode, signalCode }) => (exitCode ?? signalCode) === null,
      )
      if (left.length === 0) process.exit(ours)
      for (const other of left) other.kill('SIGTERM')
    })
  }
}
