import { useState } from 'react'
import { Filled } from './Filled.tsx'
import styles from './Mark.module.css'
import { type MarkName, silhouettes } from './silhouettes.ts'
import tones from './tone.module.css'
import type { Tone } from './tone.ts'

type MarkProps = {
  mark: MarkName
  tone: Tone
  /** Only where no words stand beside the mark: with words, it is decoration. */
  label?: string
  size?: 12 | 16 | 24
  /** How full a filling ring is, from 0 to 1. */
  filled?: number
}

/**
 * The mark of a status: its silhouette says what, its colour says whether to look. Beneath
 * an ancestor with data-link="lost" the fill turns to hatching, and nothing moves.
 */
export function Mark({ mark, tone, label, size = 16, filled = 0.6 }: MarkProps) {
  return (
    <svg
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
      className={`${styles.mark} ${tones[tone]}`}
      viewBox="0 0 16 16"
      width={size}
      height={size}
      data-mark={mark}
    >
      <Figure mark={mark} filled={filled} />
    </svg>
  )
}

function Figure({ mark, filled }: { mark: MarkName; filled: number }) {
  const figure = silhouettes[mark]
  switch (figure.kind) {
    case 'solid':
      return <Filled outline={figure.outline} hatch={figure.hatch} glyph={figure.glyph} />
    case 'line':
      return (
        <path className={figure.dashed ? styles.dashed : styles.edge} d={figure.path} />
      )
    case 'ring':
      return figure.turning ? (
        <Turning arc={figure.arc} />
      ) : (
        <>
          {figure.filling && <path className={styles.track} d={figure.arc} />}
          <Arc arc={figure.arc} length={figure.filling ? filled : null} />
        </>
      )
  }
}

function Arc({ arc, length }: { arc: string; length: number | null }) {
  const part =
    length === null ? {} : { pathLength: 100, strokeDasharray: `${length * 100} 100` }
  return (
    <>
      <path className={styles.arc} d={arc} {...part} />
      <path className={styles.arcHatch} d={arc} />
    </>
  )
}

/** One turn of the ring, in milliseconds; --motion-turn says the same to CSS. */
const turn = 1_600

function Turning({ arc }: { arc: string }) {
  // All rings turn in phase, whenever they appeared.
  const [delay] = useState(() => `${-(performance.now() % turn)}ms`)
  return (
    <g className={styles.turning} style={{ animationDelay: delay }}>
      <Arc arc={arc} length={null} />
    </g>
  )
}
