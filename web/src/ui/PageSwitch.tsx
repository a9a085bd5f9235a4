import type { ReactNode } from 'react'
import styles from './PageSwitch.module.css'

type PageSwitchProps = { label: string; children: ReactNode }

/** From one list to its neighbours: links, of which the router marks the current one. */
export const PageSwitch = ({ label, children }: PageSwitchProps) => (
  <nav className={styles.switch} aria-label={label}>
    {children}
  </nav>
)
