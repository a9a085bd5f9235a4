import { useClipboard, useLocalStorage } from '@mantine/hooks'
import { useMemo, useState } from 'react'
import { useHold } from '../../cluster/status.ts'
import { Button } from '../../ui/Button.tsx'
import { download } from '../../ui/download.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FilterBox } from '../../ui/FilterBox.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { useIsNarrow } from '../../ui/use-fitting.ts'
import { counted, matches } from '../../ui/words.ts'
import { LogLines } from './LogLines.tsx'
import { LogNotices } from './LogNotices.tsx'
import { emptyBuffer, type LogBuffer, type LogEntry } from './log-buffer.ts'
import { asText } from './log-source.ts'
import styles from './ServiceLogs.module.css'
import { useLog } from './useLog.ts'

/** Stopped by hand, by scrolling up, or with the whole view: the latter two end as such. */
type Stop = { how: 'asked' | 'scrolled' | 'held'; at: LogBuffer }

/** The log of a service as it is written: each line with its slot, node and stream. */
export function ServiceLogs({ service }: { service: string }) {
  const log = useLog(service)
  const [question, setQuestion] = useState('')
  const [stop, setStop] = useState<Stop | null>(null)
  const [wraps, setWraps] = useLocalStorage({ key: 'skep.logs.wrap', defaultValue: false })
  const isNarrow = useIsNarrow()
  const clipboard = useClipboard({ timeout: 2_000 })

  const live = log?.facts.buffer ?? emptyBuffer
  const isHeld = useHold() !== null
  if (isHeld && !stop) setStop({ how: 'held', at: live })
  if (!isHeld && stop?.how === 'held') setStop(null)
  const shown = stop?.at ?? live
  const entries = useMemo(
    () => shown.entries.filter((entry) => isAsked(question, entry)),
    [shown, question],
  )
  if (!log || log.facts.link === 'connecting')
    return <Skeleton rows={8} label="The log is being opened" />

  if (!log.facts.opened)
    return <LogNotices service={service} facts={log.facts} onRetry={log.retry} />

  const more = live.nextId - shown.nextId
  return (
    <div className={styles.logs}>
      <LogNotices service={service} facts={log.facts} onRetry={log.retry} />
      <div className={styles.tools}>
        <FilterBox label="Filter lines" value={question} onChange={setQuestion} />
        <Button
          aria-pressed={!stop}
          onClick={() => setStop(stop ? null : { how: 'asked', at: live })}
        >
          Follow
        </Button>
        {!isNarrow && (
          <Button aria-pressed={wraps} onClick={() => setWraps(!wraps)}>
            Wrap lines
          </Button>
        )}
        <span className={styles.count}>{countOf(entries, shown, question)}</span>
        <span className={styles.take}>
          <Button look="quiet" onClick={() => clipboard.copy(asText(entries))}>
            {clipboard.copied ? 'Copied' : 'Copy lines'}
          </Button>
          <Button
            look="quiet"
            onClick={() => download(`${service}.log`, 'text/plain', asText(entries))}
          >
            Download
          </Button>
        </span>
      </div>
      <div className={styles.frame}>
        <LogLines
          entries={entries}
          following={!stop}
          wrap={wraps || isNarrow}
          onLeaveEnd={() => setStop({ how: 'scrolled', at: live })}
          onReachEnd={() => setStop((now) => (now?.how === 'scrolled' ? null : now))}
        />
        {entries.length === 0 && (
          <div className={styles.empty}>
            <EmptyState>
              {question
                ? `No line that is here matches ${question}.`
                : 'Nothing has been written yet. Lines appear as they are.'}
            </EmptyState>
          </div>
        )}
        {stop && (
          <button type="button" className={styles.jump} onClick={() => setStop(null)}>
            {more > 0 ? `${counted(more, 'new line')}. ` : ''}Jump to latest
          </button>
        )}
      </div>
      {log.facts.link === 'ended' && (
        <p className={styles.count}>
          The log has ended. <Button onClick={log.retry}>Read it again</Button>
        </p>
      )}
    </div>
  )
}

function isAsked(question: string, entry: LogEntry): boolean {
  if (question === '' || entry.kind === 'note') return true
  const { slot, node, stream, task } = entry.line
  return matches(question, entry.text, slot && `slot ${slot}`, node, stream, task)
}

function countOf(
  entries: readonly LogEntry[],
  { entries: all, dropped }: LogBuffer,
  q: string,
) {
  const lines = q ? `${entries.length} of ${all.length} lines` : counted(all.length, 'line')
  return dropped > 0 ? `${lines}, ${dropped} older ones let go` : lines
}
