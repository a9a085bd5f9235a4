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
  'M2 .75H18A1.25 1.25 0 0 1 19.25 2V18A1.25 1.25 0 0 1 18 19.25H2A1.25 1.25 0 0 1 .75 18V2A1.25 1.25 0 0 1 2 .75z'

export const cellShapes: Record<ShapeName, CellShape> = {
  square: {
    kind: 'filled',
    outline: square,
    hatch:
      'M5.75 .75L.75 5.75M10.25 .75L.75 10.25M14.75 .75L.75 14.75M19.25 .75L.75 19.25M19.25 5.25L5.25 19.25M19.25 9.75L9.75 19.25M19.25 14.25L14.25 19.25',
  },
  ring: {
    kind: 'filled',
    outline: `${disc}M10 6a4 4 0 1 0 0 8a4 4 0 0 0 0-8z`,
    hatch:
      'M1.79 9.21L9.21 1.79M2 12L12 2M2.86 14.14L6.1 10.9M10.9 6.1L14.14 2.86M4.17 15.83L7.17 12.83M12.83 7.17L15.83 4.17M5.86 17.14L9.1 13.9M13.9 9.1L17.14 5.86M8 18L18 8M10.79 18.21L18.21 10.79',
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
    outline: 'M.75 .75H17.25L.75 17.25z',
    hatch: 'M6.15 .75L.75 6.15M10.65 .75L.75 10.65M15.15 .75L.75 15.15',
  },
  {
    outline: 'M19.25 2.75V19.25H2.75z',
    hatch: 'M19.25 6.75L6.75 19.25M19.25 11.25L11.25 19.25M19.25 15.75L15.75 19.25',
  },
] as const
