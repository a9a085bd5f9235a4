import type { Question } from '../arguments.ts'
import { nameProblem } from './stored-name.ts'

/** What the fields of a rotation hold besides the value. */
export type RotateText = {
  /** Null as long as the proposed one will do. */
  next: string | null
  together: boolean
  windowHours: string
}

export const usualRotation: RotateText = {
  next: null,
  together: false,
  windowHours: '24',
}

const longestWindow = 24 * 90

/** What a rotation is asked as; the value is not part of it. */
export function rotateQuestion(
  { next, together, windowHours }: RotateText,
  taken: (name: string) => boolean,
): Question {
  const name = next === null ? null : nameProblem(next, taken)
  const hours = hoursProblem(windowHours.trim())
  if (name !== null || hours !== null)
    return {
      state: 'wrong',
      errors: {
        ...(name !== null && { next: name }),
        ...(hours !== null && { windowHours: hours }),
      },
    }
  return {
    state: 'asked',
    args: {
      ...(next !== null && { next }),
      together,
      windowHours: Number(windowHours),
    },
  }
}

function hoursProblem(text: string): string | null {
  if (!/^\d+$/.test(text)) return 'Type whole hours, such as 24.'
  return Number(text) > longestWindow
    ? `More than ${longestWindow.toLocaleString('en')} hours is not possible.`
    : null
}
