/** Something to wait for: a ring that comes while nobody waits is kept for who comes next. */
export type Bell = {
  ring(): void
  /** Resolves when rung, when `timeout` milliseconds have passed, or when aborted. */
  rung(timeout: number, signal: AbortSignal): Promise<void>
}

export function createBell(): Bell {
  let pending = false
  let wake: (() => void) | null = null
  return {
    ring() {
      pending = true
      wake?.()
    },
    async rung(timeout, signal) {
      if (!pending && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const done = () => {
            clearTimeout(timer)
            signal.removeEventListener('abort', done)
            resolve()
          }
          const timer = setTimeout(done, Math.max(0, timeout))
          wake = done
          signal.addEventListener('abort', done)
        })
        wake = null
      }
      pending = false
    },
  }
}
