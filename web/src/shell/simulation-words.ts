import { speeds } from '@skep/shared/contract/simulation'

export type SpeedChoice = `${(typeof speeds)[number]}`

export const speedChoices = speeds.map((speed): SpeedChoice => `${speed}`)

/** What has become of its time, for who cannot see which choice is marked. */
export function speedWords(speed: number): string {
  if (speed === 0) return 'Its time stands still.'
  if (speed === 1) return 'Its time passes as ours does.'
  return `Its time passes ${speed} times as fast as ours.`
}

/** The speed that an address asks for, as in `/services?speed=10`; null if it does not. */
export function speedIn(search: string): (typeof speeds)[number] | null {
  const told = new URLSearchParams(search).get('speed')
  return speeds.find((speed) => `${speed}` === told) ?? null
}
