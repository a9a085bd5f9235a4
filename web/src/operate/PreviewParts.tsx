import type { Preview } from '@skep/shared/contract/preview'
import type { Dispatch, SetStateAction } from 'react'
import { useId } from 'react'
import { Button } from '../ui/Button.tsx'
import { Copy } from '../ui/Copy.tsx'
import { Mark } from '../ui/Mark.tsx'
import { clockTime } from '../ui/time.ts'
import { Changed } from './Changed.tsx'
import { Checks } from './Checks.tsx'
import { Diff } from './Diff.tsx'
import { type Draft, withNewsRead, withTick } from './draft.ts'
import styles from './PreviewForm.module.css'
import { Sides } from './Sides.tsx'

type PreviewPartsProps = {
  draft: Draft
  preview: Preview
  isCurrent: boolean
  onDraft: Dispatch<SetStateAction<Draft>>
}

/** Everything a preview says, in the order in which it is decided on. */
export function PreviewParts({ draft, preview, isCurrent, onDraft }: PreviewPartsProps) {
  const { parts } = draft.marks
  const { service, from, to, changes, checks, afterwards, command, typed } = preview
  return (
    <div className={styles.parts} data-current={isCurrent} aria-busy={!isCurrent}>
      <div className={styles.news} data-news={draft.news ?? undefined}>
        {draft.news && <Mark mark="triangle" tone="warning" />}
        <p role="status">
          {draft.news &&
            `${service} changed since you opened this. The preview is updated; check it again.`}
        </p>
        {draft.news && <Button onClick={() => onDraft(withNewsRead)}>Seen</Button>}
      </div>
      <Consequence preview={preview} changed={parts.has('sentence')} />
      {from && to && <Sides from={from} to={to} marks={parts} />}
      <Diff changes={changes} changed={draft.marks.changes} />
      <Checks
        checks={checks}
        ticked={draft.ticked}
        changed={draft.marks.checks}
        onTick={(id, on) => onDraft((before) => withTick(before, id, on))}
      />
      {afterwards && (
        <section>
          <h3>Afterwards</h3>
          <p>
            {afterwards} {parts.has('afterwards') && <Changed />}
          </p>
        </section>
      )}
      <section>
        <h3>The same in a terminal {parts.has('command') && <Changed />}</h3>
        <div className={styles.command}>
          <code tabIndex={0}>{command}</code>
          <Copy text={command} what="the command" />
        </div>
      </section>
      {typed !== null && (
        <TypedName
          name={typed}
          value={draft.typed}
          onType={(typed) => onDraft((before) => ({ ...before, typed }))}
        />
      )}
    </div>
  )
}

function Consequence({ preview, changed }: { preview: Preview; changed: boolean }) {
  const { sentence, restarts, starts, stops, asOf } = preview
  const counts = [
    { count: restarts, words: 'restart' },
    { count: starts, words: 'start' },
    { count: stops, words: 'stop' },
  ]
  return (
    <section aria-label="What will happen" className={styles.consequence}>
      <p className={styles.sentence}>
        {sentence} {changed && <Changed />}
      </p>
      <ul className={styles.counts}>
        {counts.map(({ count, words }) => (
          <li key={words} data-none={count === 0 || undefined}>
            <strong>{count}</strong> {count === 1 ? 'task' : 'tasks'} {words}
            {count === 1 ? 's' : ''}
          </li>
        ))}
        <li className={styles.asOf}>as of {clockTime(Date.parse(asOf))}</li>
      </ul>
    </section>
  )
}

type TypedNameProps = { name: string; value: string; onType: (text: string) => void }

/** A name to type: what follows cannot be taken back, or leaves nothing running. */
function TypedName({ name, value, onType }: TypedNameProps) {
  const id = useId()
  return (
    <div className={styles.typed}>
      <label htmlFor={id}>
        Type <code>{name}</code> to confirm
      </label>
      <input
        id={id}
        data-typed
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={value}
        onChange={(event) => onType(event.target.value)}
      />
    </div>
  )
}
