/** @throws RangeError where the text of a flag is no number from 0 on */
export function numericFlag(flag: string, text: string): number {
  const number = Number(text)
  if (text.trim() !== '' && number >= 0 && Number.isFinite(number)) return number
  throw new RangeError(`--${flag} takes a number, not "${text}".`)
}
