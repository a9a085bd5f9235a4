import styles from './Filled.module.css'

type FilledProps = {
  outline: string
  /** Diagonals clipped to the outline: the fill of old news. */
  hatch: string
  /** Cut out of the fill. */
  glyph?: string
  hollow?: boolean
}

/**
 * A filled silhouette inside an SVG, in the colour of its surroundings. Beneath an
 * ancestor with data-link="lost" the fill turns to hatching; outline and glyph stay.
 */
export function Filled({ outline, hatch, glyph, hollow = false }: FilledProps) {
  return (
    <>
      {!hollow && <path className={styles.solid} d={outline} />}
      {!hollow && <path className={styles.hatch} d={hatch} />}
      <path className={styles.edge} d={outline} />
      {!hollow && glyph && <path className={styles.knockout} d={glyph} />}
      {glyph && <path className={styles.ink} d={glyph} />}
    </>
  )
}
