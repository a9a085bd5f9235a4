/** What a status looks like, on a field of 16 by 16. */
export type MarkName =
  | 'disc-check'
  | 'ring-filling'
  | 'ring-turning'
  | 'ring-open'
  | 'disc-bars'
  | 'triangle'
  | 'triangle-wave'
  | 'diamond-cross'
  | 'disc-hollow'
  | 'disc-flag'
  | 'circle-dashed'
  | 'drum'

/** A filled outline. `hatch` are diagonals clipped to it, 3.2 apart: the fill of old news. */
type Solid = { kind: 'solid'; outline: string; hatch: string; glyph: string }
type Line = { kind: 'line'; path: string; dashed: boolean }
type Ring = { kind: 'ring'; arc: string; filling: boolean; turning: boolean }

const circle = 'M8 1.75a6.25 6.25 0 1 1 0 12.5a6.25 6.25 0 0 1 0-12.5z'
const disc = {
  kind: 'solid',
  outline: circle,
  hatch:
    'M1.75 7.85L7.85 1.75M2.28 10.52L10.52 2.28M3.58 12.42L12.42 3.58M5.48 13.72L13.72 5.48M8.15 14.25L14.25 8.15',
} as const
const triangle = {
  kind: 'solid',
  outline: 'M8 2L14.4 13.5H1.6z',
  hatch: 'M9.36 4.44L3.23 10.57M10.5 6.5L3.5 13.5M11.65 8.55L6.7 13.5M12.79 10.61L9.9 13.5',
} as const
const diamond = {
  kind: 'solid',
  outline: 'M8 1.5L14.5 8L8 14.5L1.5 8z',
  hatch: 'M9.65 3.15L3.15 9.65M11.25 4.75L4.75 11.25M12.85 6.35L6.35 12.85',
} as const
const ring = 'M8 2a6 6 0 1 1 0 12a6 6 0 0 1 0-12'
const openRing = 'M8 2a6 6 0 1 1-6 6'

export const silhouettes: Record<MarkName, Solid | Line | Ring> = {
  'disc-check': { ...disc, glyph: 'M5.1 8.2L7.2 10.3L11 5.9' },
  'disc-bars': { ...disc, glyph: 'M6.3 5.5V10.5M9.7 5.5V10.5' },
  'disc-flag': { ...disc, glyph: 'M6.2 11.4V4.9H10.7L9.5 6.5L10.7 8.1H6.2' },
  triangle: { ...triangle, glyph: '' },
  'triangle-wave': { ...triangle, glyph: 'M4.9 11.4c1-1.7 2.1-1.7 3.1 0s2.1 1.7 3.1 0' },
  'diamond-cross': { ...diamond, glyph: 'M6 6L10 10M10 6L6 10' },
  'disc-hollow': { kind: 'line', path: circle, dashed: false },
  'circle-dashed': { kind: 'line', path: circle, dashed: true },
  drum: {
    kind: 'line',
    path: 'M2.75 4.25c0-1.3 2.35-2.25 5.25-2.25s5.25.95 5.25 2.25v7.5c0 1.3-2.35 2.25-5.25 2.25s-5.25-.95-5.25-2.25zM2.75 4.25c0 1.3 2.35 2.25 5.25 2.25s5.25-.95 5.25-2.25',
    dashed: false,
  },
  'ring-filling': { kind: 'ring', arc: ring, filling: true, turning: false },
  'ring-turning': { kind: 'ring', arc: openRing, filling: false, turning: true },
  'ring-open': { kind: 'ring', arc: openRing, filling: false, turning: false },
}
