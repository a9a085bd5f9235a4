import { mostReplicas } from '@skep/shared/contract/commands'
import type { Pace } from '@skep/shared/contract/spec-summary'

/** What goes into the query of a preview, and into the body of its commit. */
export type Arguments = Readonly<
  Record<string, string | number | boolean | readonly string[]>
>

/** What the fields of a sheet ask for, or why they ask for nothing yet. */
export type Question =
  | { state: 'asked'; args: Arguments }
  | { state: 'unchanged'; hint: string }
  | { state: 'wrong'; errors: Readonly<Record<string, string>> }

/** Without fields there is one question. */
export const plainQuestion: Question = { state: 'asked', args: {} }

/** Replicas as typed, against those asked for now. */
export function scaleQuestion(text: string, now: number, noun: string): Question {
  const replicas = wholeNumber(text, mostReplicas)
  if (typeof replicas === 'string') return { state: 'wrong', errors: { replicas } }
  if (replicas === now)
    return {
      state: 'unchanged',
      hint: `${now} ${noun} are asked for now. Choose another number to see what would happen.`,
    }
  return { state: 'asked', args: { replicas } }
}

/** An image reference as typed; whether it can be pulled is for the engine to say. */
export function imageQuestion(text: string): Question {
  const image = text.trim()
  const error = imageError(image)
  return error === null
    ? { state: 'asked', args: { image } }
    : { state: 'wrong', errors: { image: error } }
}

function imageError(image: string): string | null {
  if (image === '') return 'Name an image, such as registry:5000/team/web:2.8.1.'
  if (/\s/.test(image)) return 'A reference holds no spaces.'
  if (image.length > 512) return 'A reference has 512 characters at most.'
  return null
}

/** The pace of updates and of rollbacks, as the fields hold it: times in seconds. */
export type PaceText = {
  parallelism: string
  delay: string
  monitor: string
  order: Pace['order']
  maxFailureRatio: string
  failureAction: Pace['failureAction']
}
export type SettingsText = { update: PaceText; rollback: PaceText }

export const paceText = (pace: Pace): PaceText => ({
  parallelism: String(pace.parallelism),
  delay: String(pace.delayNs / 1e9),
  monitor: String(pace.monitorNs / 1e9),
  order: pace.order,
  maxFailureRatio: String(pace.maxFailureRatio),
  failureAction: pace.failureAction,
})

/** What of the settings differs from now, and nothing else. Times go out in milliseconds. */
export function settingsQuestion(
  text: SettingsText,
  now: { update: Pace; rollback: Pace },
): Question {
  const update = paceChanges(text.update, now.update, (key) => key)
  const rollback = paceChanges(
    text.rollback,
    now.rollback,
    (key) => `rollback${key.charAt(0).toUpperCase()}${key.slice(1)}`,
  )
  const errors = { ...update.errors, ...rollback.errors }
  if (Object.keys(errors).length > 0) return { state: 'wrong', errors }
  const args = { ...update.args, ...rollback.args }
  if (Object.keys(args).length === 0)
    return { state: 'unchanged', hint: 'Change a setting to see what would happen.' }
  return { state: 'asked', args }
}

const longest = 24 * 3_600

function paceChanges(text: PaceText, now: Pace, nameOf: (key: string) => string) {
  const errors: Record<string, string> = {}
  const args: Record<string, string | number> = {}
  const note = (key: keyof PaceText, asked: string | number, current: string | number) => {
    if (asked !== current) args[nameOf(key)] = asked
  }
  const number = (key: keyof PaceText, read: number | string, current: number) => {
    if (typeof read === 'string') errors[nameOf(key)] = read
    else note(key, read, current)
  }
  const ms = (text: string) => {
    const seconds = decimal(text, longest)
    return typeof seconds === 'string' ? seconds : Math.round(seconds * 1_000)
  }
  number('parallelism', wholeNumber(text.parallelism, mostReplicas), now.parallelism)
  number('delay', ms(text.delay), Math.round(now.delayNs / 1e6))
  number('monitor', ms(text.monitor), Math.round(now.monitorNs / 1e6))
  number('maxFailureRatio', decimal(text.maxFailureRatio, 1), now.maxFailureRatio)
  note('order', text.order, now.order)
  note('failureAction', text.failureAction, now.failureAction)
  return { errors, args }
}

/** The number a text stands for, or what is wrong with it. */
function wholeNumber(text: string, most: number): number | string {
  const trimmed = text.trim()
  if (!/^-?\d+$/.test(trimmed)) return 'Type a whole number, such as 3.'
  return within(Number(trimmed), most)
}

function decimal(text: string, most: number): number | string {
  const trimmed = text.trim().replace(',', '.')
  if (!/^-?(\d+\.?\d*|\.\d+)$/.test(trimmed)) return 'Type a number, such as 0.5 or 10.'
  return within(Number(trimmed), most)
}

function within(number: number, most: number): number | string {
  if (number < 0) return 'Less than 0 is not possible.'
  if (number > most) return `More than ${most.toLocaleString('en')} is not possible.`
  return number
}
