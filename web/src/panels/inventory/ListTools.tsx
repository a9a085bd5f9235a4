import type { ReactNode } from 'react'
import { FilterBox } from '../../ui/FilterBox.tsx'
import styles from './ListTools.module.css'
import type { List } from './use-list.ts'

type ListToolsProps = {
  list: List
  /** What the box narrows: "Filter nodes". */
  label: string
  children?: ReactNode
}

/** Above a list: its filter, and what else narrows it. */
export function ListTools({ list, label, children }: ListToolsProps) {
  return (
    <search className={styles.tools}>
      <FilterBox label={label} value={list.q} onChange={list.setQ} />
      {children}
    </search>
  )
}
