import styles from './Cell.module.css'
import { cellShapes, halves, ringPath, type ShapeName } from './cell-shapes.ts'
import { Filled } from './Filled.tsx'
import tones from './tone.module.css'
import type { Tone } from './tone.ts'

/**
 * Two independent channels: shape and tone, and solid or hollow. One that waits for time
 * to pass stands in a ring; `filled` says how much of it has passed, from 0 to 1.
 */
export type Face = { shape: ShapeName; tone: Tone; hollow: boolean; filled?: number }

type CellProps = {
  face: Face
  /** A second one that holds the same place: the cell splits on the diagonal. */
  other?: Face | null
  size?: 14 | 20
}

/** One of many alike, as a picture: whoever shows it says in words what it is. */
export function Cell({ face, other, size = 20 }: CellProps) {
  return (
    <svg className={styles.cell} viewBox="0 0 20 20" width={size} height={size} aria-hidden>
      {other ? (
        halves.map(({ outline, hatch }, place) => {
          const { tone, hollow } = place === 0 ? face : other
          return (
            <g key={outline} className={tones[tone]}>
              <Filled outline={outline} hatch={hatch} hollow={hollow} />
            </g>
          )
        })
      ) : face.filled === undefined ? (
        <Whole face={face} />
      ) : (
        <>
          <Ring filled={face.filled} />
          <g className={styles.core}>
            <Whole face={face} />
          </g>
        </>
      )}
    </svg>
  )
}

function Whole({ face: { shape, tone, hollow } }: { face: Face }) {
  const figure = cellShapes[shape]
  return (
    <g className={tones[tone]}>
      {figure.kind === 'dashed' ? (
        <path className={styles.dashed} d={figure.path} />
      ) : (
        <Filled {...figure} hollow={hollow} />
      )}
    </g>
  )
}

function Ring({ filled }: { filled: number }) {
  const dashes = '1.6 2.4 '.repeat(Math.round(filled * 25))
  return (
    <g className={tones.progress}>
      <path className={styles.track} d={ringPath} />
      <Arc look="arc" dashes={`${filled * 100} 100`} />
      <Arc look="arcHatch" dashes={`${dashes}0 100`} />
    </g>
  )
}

const Arc = ({ look, dashes }: { look: 'arc' | 'arcHatch'; dashes: string }) => (
  <path className={styles[look]} d={ringPath} pathLength={100} strokeDasharray={dashes} />
)
