import { Mark } from '../../ui/Mark.tsx'
import styles from './LogRow.module.css'
import type { LogEntry } from './log-buffer.ts'
import { sourceOf, timeOf } from './log-source.ts'

/** One line: when, where from, by which stream, and what. All of it is only ever text. */
export function LogRow({ entry }: { entry: LogEntry }) {
  if (entry.kind === 'note')
    return (
      <div className={styles.note}>
        <Mark mark="circle-dashed" tone="neutral" size={12} />
        {entry.text}
      </div>
    )
  const { line, text } = entry
  return (
    <div className={styles.row} data-stream={line.stream}>
      <time className={styles.time} dateTime={line.at ?? undefined} title={line.at ?? ''}>
        {timeOf(line)}
      </time>
      <span className={styles.slot} title={line.task ? `Task ${line.task}` : undefined}>
        {sourceOf(line)}
      </span>
      <span className={styles.node} title={line.node ?? undefined}>
        {line.node}
      </span>
      <span className={styles.stream}>{line.stream === 'stdout' ? '' : line.stream}</span>
      <span className={styles.text}>{text}</span>
    </div>
  )
}

/** What the columns are. */
export function LogHead() {
  return (
    <div className={`${styles.row} ${styles.head}`} aria-hidden="true">
      <span>Time</span>
      <span className={styles.slot}>Slot</span>
      <span>Node</span>
      <span>Stream</span>
      <span>Line</span>
    </div>
  )
}
