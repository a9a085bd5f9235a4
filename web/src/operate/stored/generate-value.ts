/** What a generated value is made of. */
export const alphabets = {
  alphanumeric: {
    label: 'letters and digits',
    letters: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
  },
  symbols: {
    label: 'letters, digits and symbols',
    // None that a shell, a URL, a quoted string or a connection string would trip over.
    letters: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~!*+^',
  },
  hex: { label: 'hexadecimal', letters: '0123456789abcdef' },
  digits: { label: 'digits', letters: '0123456789' },
} as const

export type Alphabet = keyof typeof alphabets
export const alphabetNames = Object.keys(alphabets) as Alphabet[] // the keys' type is lost

export const lengths = { least: 8, usual: 32, most: 4_096 } as const

/** A length as typed, or what is wrong with it. */
export function lengthOf(text: string): number | string {
  if (!/^\d+$/.test(text.trim())) return 'Type a whole number, such as 32.'
  const length = Number(text)
  if (length < lengths.least) return `Fewer than ${lengths.least} can be guessed.`
  if (length > lengths.most)
    return `More than ${lengths.most.toLocaleString('en')} is not possible.`
  return length
}

/**
 * A random value, each letter as likely as any other: bytes that would favour the first
 * letters are thrown away.
 * @param random fills with random bytes, such as crypto.getRandomValues
 */
export function generated(
  length: number,
  alphabet: Alphabet,
  random: (into: Uint8Array<ArrayBuffer>) => void = (into) => crypto.getRandomValues(into),
): string {
  const { letters } = alphabets[alphabet]
  const fair = 256 - (256 % letters.length)
  const bytes = new Uint8Array(256)
  let value = ''
  while (value.length < length) {
    random(bytes)
    for (const byte of bytes)
      if (byte < fair && value.length < length) value += letters[byte % letters.length]
  }
  return value
}

/** How many bits a guess has to find. */
export const strength = (length: number, alphabet: Alphabet): number =>
  Math.floor(length * Math.log2(alphabets[alphabet].letters.length))
