/** Silhouettes of cells, on a field of 20 by 20. */
export type ShapeName =
  | 'square'
  | 'ring'
  | 'dot'
  | 'bar'
  | 'diamond'
  | 'flag'
  | 'circle-dashed'
  | 'square-dashed'

/** An outline to fill, with diagonals clipped to it; or one that is only ever dashed. */
type CellShape =
  | { kind: 'filled'; outline: string; hatch: string; glyph?: string }
  | { kind: 'dashed'; path: string }

const disc = 'M10 1.75a8.25 8.25 0 1 1 0 16.5a8.25 8.25 0 0 1 0-16.5z'
const square =
  'M4 2.75H16A1.25 1.25 0 0 1 17.25 4V16A1.25 1.25 0 0 1 16 17.25H4A1.25 1.25 0 0 1 2.75 16V4A1.25 1.25 0 0 1 4 2.75z'

export const cellShapes: Record<ShapeName, CellShape> = {
  square: {
    kind: 'filled',
    outline: square,
    hatch:
      'M5.25 2.75L2.75 5.25M9.25 2.75L2.75 9.25M13.25 2.75L2.75 13.25M17.25 2.75L2.75 17.25M17.25 6.75L6.75 17.25M17.25 10.75L10.75 17.25M17.25 14.75L14.75 17.25',
  },
  ring: {
    kind: 'filled',
    outline: `${disc}M10 5.25a4.75 4.75 0 1 0 0 9.5a4.75 4.75 0 0 0 0-9.5z`,
    hatch:
      'M3.06 5.54L5.54 3.06M1.77 10.63L10.63 1.77M2.58 13.62L5.33 10.87M10.87 5.33L13.62 2.58M4.17 15.83L6.64 13.36M13.36 6.64L15.83 4.17M6.38 17.42L9.13 14.67M14.67 9.13L17.42 6.38M9.37 18.23L18.23 9.37M14.46 16.94L16.94 14.46',
  },
  dot: {
    kind: 'filled',
    outline: 'M10 5.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 0 1 0-9z',
    hatch:
      'M5.94 8.06L8.06 5.94M5.69 11.31L11.31 5.69M6.82 13.18L13.18 6.82M8.69 14.31L14.31 8.69M11.94 14.06L14.06 11.94',
  },
  bar: {
    kind: 'filled',
    outline: 'M1 6.5H19V13.5H1z',
    hatch: 'M4.5 6.5L1 10M9 6.5L2 13.5M13.5 6.5L6.5 13.5M18 6.5L11 13.5M19 10L15.5 13.5',
  },
  diamond: {
    kind: 'filled',
    outline: 'M10 1L19 10L10 19L1 10z',
    hatch: 'M12.25 3.25L3.25 12.25M14.5 5.5L5.5 14.5M16.75 7.75L7.75 16.75',
    glyph: 'M7.5 7.5L12.5 12.5M12.5 7.5L7.5 12.5',
  },
  flag: {
    kind: 'filled',
    outline: disc,
    hatch:
      'M1.79 9.21L9.21 1.79M2.37 13.13L13.13 2.37M4.17 15.83L15.83 4.17M6.87 17.63L17.63 6.87M10.79 18.21L18.21 10.79',
    glyph: 'M7.75 14.5V6H13.5L12 8.1L13.5 10.2H7.75',
  },
  'circle-dashed': { kind: 'dashed', path: disc },
  'square-dashed': { kind: 'dashed', path: square },
}

/** The two halves of a cell that two share, and the diagonals of each. */
export const halves = [
  {
    outline: 'M2.75 2.75H15.5L2.75 15.5z',
    hatch: 'M7.25 2.75L2.75 7.25M11.25 2.75L2.75 11.25',
  },
  {
    outline: 'M17.25 4.5V17.25H4.5z',
    hatch: 'M17.25 8.75L8.75 17.25M17.25 12.75L12.75 17.25',
  },
] as const

/** From the top and around: what fills around a cell that waits for time to pass. */
export const ringPath = 'M10 1.5a8.5 8.5 0 1 1 0 17a8.5 8.5 0 0 1 0-17'
