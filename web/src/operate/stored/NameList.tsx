import type { ReactNode } from 'react'
import styles from './Stored.module.css'

type NameListProps = {
  names: readonly string[]
  /** What there is to say beside one of them. */
  beside?: (name: string) => ReactNode
}

/** Names of secrets or configs, as many in a line as fit. */
export const NameList = ({ names, beside }: NameListProps) => (
  <ul className={styles.names}>
    {names.map((name) => (
      <li key={name}>
        <code>{name}</code> {beside?.(name)}
      </li>
    ))}
  </ul>
)
