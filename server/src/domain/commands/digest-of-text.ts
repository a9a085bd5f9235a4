/** Multipliers of murmur3 and of xxhash: one pair for each lane. */
const lanes = [
  [0x9e3779b1, 0x85ebca6b],
  [0xc2b2ae35, 0x27d4eb2f],
  [0x165667b1, 0x85ebca77],
  [0xcc9e2d51, 0x1b873593],
] as const

/**
 * 128 bits that tell texts apart, and keep none of them secret. Of a text that holds
 * environment values it must be sealed under a key before it leaves the server, or whoever
 * sees it can try what the values are.
 */
export const digestOfText = (text: string): string =>
  lanes
    .map(([step, last]) => {
      let hash = step ^ text.length
      for (let i = 0; i < text.length; i += 1) {
        hash = Math.imul(hash ^ text.charCodeAt(i), step)
        hash = (hash << 13) | (hash >>> 19)
      }
      hash = Math.imul(hash ^ (hash >>> 16), last)
      hash = Math.imul(hash ^ (hash >>> 13), step)
      return ((hash ^ (hash >>> 16)) >>> 0).toString(16).padStart(8, '0')
    })
    .join('')
