import styles from './Changed.module.css'

/** Beside what the last update of a preview changed. */
export const Changed = () => <span className={styles.changed}>changed</span>
