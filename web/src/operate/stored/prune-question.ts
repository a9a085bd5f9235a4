import type { Question } from '../arguments.ts'

/** How many versions of a family stay, as typed. */
export function keepQuestion(text: string): Question {
  const keep = text.trim()
  if (!/^\d+$/.test(keep)) return wrong('Type a whole number, such as 3.')
  if (Number(keep) < 1) return wrong('One stays at least: the newest.')
  if (Number(keep) > 100) return wrong('More than 100 is not possible.')
  return { state: 'asked', args: { keep: Number(keep) } }
}

const wrong = (keep: string): Question => ({ state: 'wrong', errors: { keep } })
