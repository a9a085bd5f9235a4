import type { Random } from '../random.ts'

const HOW = ['brave', 'calm', 'eager', 'gentle', 'keen', 'quiet', 'swift', 'wise']
const WHO = ['curie', 'euler', 'gauss', 'hopper', 'lovelace', 'noether', 'turing', 'wu']

/** What a service is called when nobody says. @see moby/moby pkg/namesgenerator */
export function someName(random: Random): string {
  const pick = (words: readonly string[]) => words[Math.floor(random.next() * words.length)]
  return `${pick(HOW)}_${pick(WHO)}`
}
