import { useVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useRef } from 'react'
import styles from './LogLines.module.css'
import { LogHead, LogRow } from './LogRow.tsx'
import type { LogEntry } from './log-buffer.ts'

/** A row on one line, in pixels; what wraps is measured. */
const rowHeight = 20
/** This close to the end is at the end, in pixels. */
const near = 24

type LogLinesProps = {
  entries: readonly LogEntry[]
  following: boolean
  wrap: boolean
  /** The reader scrolled up, away from the end, or came back to it. */
  onLeaveEnd: () => void
  onReachEnd: () => void
}

/** The lines themselves: only those in sight are in the page. */
export function LogLines(props: LogLinesProps) {
  const { entries, following, wrap, onLeaveEnd, onReachEnd } = props
  const region = useRef<HTMLElement>(null)
  const lastTop = useRef(0)
  const rows = useVirtualizer({
    count: entries.length,
    getScrollElement: () => region.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => entries[index]?.id ?? index,
    overscan: 24,
  })

  useLayoutEffect(() => {
    if (following && entries.length > 0)
      rows.scrollToIndex(entries.length - 1, { align: 'end' })
  }, [rows, entries, following])

  const onScroll = () => {
    const element = region.current
    if (!element) return
    const { scrollTop, clientHeight, scrollHeight } = element
    const atEnd = scrollHeight - clientHeight - scrollTop < near
    const up = scrollTop < lastTop.current
    lastTop.current = scrollTop
    if (following && up && !atEnd) onLeaveEnd()
    if (!following && !up && atEnd) onReachEnd()
  }
  return (
    <section
      ref={region}
      className={styles.region}
      aria-label="Log lines"
      tabIndex={0}
      onScroll={onScroll}
      data-wrap={wrap || undefined}
    >
      <LogHead />
      <ol className={styles.lines} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ key, index, start }) => {
          const entry = entries[index]
          return (
            entry && (
              <li
                key={key}
                ref={rows.measureElement}
                data-index={index}
                aria-posinset={index + 1}
                aria-setsize={entries.length}
                className={styles.line}
                style={{ transform: `translateY(${start}px)` }}
              >
                <LogRow entry={entry} />
              </li>
            )
          )
        })}
      </ol>
    </section>
  )
}
