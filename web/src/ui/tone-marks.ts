import type { MarkName } from './silhouettes.ts'
import type { Tone } from './tone.ts'

/** The mark of what is said in a tone only: its shape is of the tone, so grey loses nothing. */
export const toneMarks: Record<Tone, MarkName> = {
  ok: 'disc-check',
  progress: 'ring-open',
  warning: 'triangle',
  critical: 'diamond-cross',
  neutral: 'disc-hollow',
}
