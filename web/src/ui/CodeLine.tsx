import styles from './CodeView.module.css'
import { colouredLine, type Notation } from './code-colour.ts'

const looks = {
  key: styles.key,
  string: styles.string,
  comment: styles.comment,
  number: styles.literal,
} as const

/** One line of a text, lightly coloured. */
export function CodeLine({ text, notation }: { text: string; notation: Notation }) {
  return colouredLine(text, notation).map((part, place) =>
    part.kind === 'plain' ? (
      part.text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: its place is what it is
      <span key={place} className={looks[part.kind]}>
        {part.text}
      </span>
    ),
  )
}
