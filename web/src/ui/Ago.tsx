import { Tooltip } from '@mantine/core'
import styles from './Ago.module.css'
import { useClock } from './clock.ts'
import { clockTime, duration, exactTime } from './time.ts'

type AgoProps = {
  /** ISO 8601. */
  at: string
  /** "11 min", or "11 min ago". */
  as?: 'span' | 'past'
  /** In tables: no tab stop of its own, and no "as of" beside each of many. */
  dense?: boolean
}

/** How long ago, in words; the exact time and its zone on hover and focus. */
export function Ago({ at, as = 'span', dense = false }: AgoProps) {
  const instant = Date.parse(at)
  const age = useClock((clock) => duration(clock.now() - instant))
  const asOf = useClock((clock) => clock.asOf())
  const text = as === 'past' ? `${age} ago` : age
  const stale = asOf === null ? '' : `, as of ${clockTime(asOf)}`
  if (dense)
    return (
      <time dateTime={at} title={`${exactTime(instant)}${stale}`} className={styles.ago}>
        {text}
      </time>
    )
  return (
    <Tooltip label={exactTime(instant)}>
      <time dateTime={at} tabIndex={0} className={styles.ago}>
        {text}
        {stale}
      </time>
    </Tooltip>
  )
}
