import styles from './Command.module.css'

/** A line for a terminal. It goes on below between its words, never within an option. */
export const Command = ({ text }: { text: string }) => (
  // What scrolls must be reachable, for the keyboard to scroll it.
  <code className={styles.command} tabIndex={0}>
    {text.split(/(?<= )/).flatMap((word, place) =>
      // biome-ignore lint/suspicious/noArrayIndexKey: its place is what it is
      place === 0 ? [word] : [<wbr key={place} />, word],
    )}
  </code>
)
