import type { Dispatch, ReactNode, SetStateAction } from 'react'
import { useId } from 'react'
import { Button } from '../ui/Button.tsx'
import { Command } from '../ui/Command.tsx'
import { Mark } from '../ui/Mark.tsx'
import { Prose } from '../ui/Prose.tsx'
import { clockTime } from '../ui/time.ts'
import { unbroken } from '../ui/unbroken.ts'
import { Changed } from './Changed.tsx'
import { Checks } from './Checks.tsx'
import { Copyable } from './Copyable.tsx'
import { Diff } from './Diff.tsx'
import { type Draft, withNewsRead, withTick } from './draft.ts'
import { GuideOffer } from './maintenance/GuideOffer.tsx'
import { afterwardsOf, type Marks } from './marks.ts'
import { NodeOutlook } from './NodeOutlook.tsx'
import styles from './PreviewForm.module.css'
import { Sides } from './Sides.tsx'
import { RemovedNames } from './stored/RemovedNames.tsx'
import { RotationConsumers } from './stored/RotationConsumers.tsx'
import { TaskGroups } from './TaskGroups.tsx'
import type { AnyPreview } from './target.ts'

type PreviewPartsProps = {
  draft: Draft
  preview: AnyPreview
  isCurrent: boolean
  onDraft: Dispatch<SetStateAction<Draft>>
}

/** Everything a preview says, in the order in which it is decided on. */
export function PreviewParts({ draft, preview, isCurrent, onDraft }: PreviewPartsProps) {
  const { parts } = draft.marks
  const { checks, command, typed } = preview
  const afterwards = afterwardsOf(preview)
  return (
    <div className={styles.parts} data-current={isCurrent} aria-busy={!isCurrent}>
      <div className={styles.news} data-news={draft.news ?? undefined}>
        {draft.news && <Mark mark="triangle" tone="warning" />}
        <p role="status">
          {draft.news &&
            `${whatChanged(preview)} changed since you opened this. The preview is updated; check it again.`}
        </p>
        {draft.news && <Button onClick={() => onDraft(withNewsRead)}>Seen</Button>}
      </div>
      <Consequence preview={preview} changed={parts.has('sentence')} />
      <Particulars preview={preview} marks={draft.marks} />
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
            <Prose>{afterwards}</Prose> {parts.has('afterwards') && <Changed />}
          </p>
        </section>
      )}
      <section>
        <h3>The same in a terminal {parts.has('command') && <Changed />}</h3>
        <Copyable text={command} what="the command">
          <Command text={command} />
        </Copyable>
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

function whatChanged(preview: AnyPreview): string {
  if ('node' in preview) return `${preview.node}, or what it runs,`
  if ('service' in preview) return preview.service
  if ('consumers' in preview) return `${preview.name}, or a service that uses it,`
  return `${preview.names.length === 1 ? preview.names[0] : 'The family'}, or who uses it,`
}

/** What there is to say of one kind of preview only. */
function Particulars({ preview, marks }: { preview: AnyPreview; marks: Marks }) {
  if ('node' in preview)
    return (
      <>
        <GuideOffer preview={preview} />
        {preview.tasks.length > 0 && (
          <TaskGroups tasks={preview.tasks} changed={marks.changes} />
        )}
        <NodeOutlook preview={preview} marks={marks} />
      </>
    )
  if ('consumers' in preview)
    return <RotationConsumers preview={preview} changed={marks.changes} />
  if ('names' in preview) return <RemovedNames preview={preview} changed={marks.changes} />
  const { from, to, changes } = preview
  return (
    <>
      {from && to && <Sides from={from} to={to} marks={marks.parts} />}
      <Diff changes={changes} changed={marks.changes} />
    </>
  )
}

function Consequence({ preview, changed }: { preview: AnyPreview; changed: boolean }) {
  const { sentence, asOf } = preview
  return (
    <section aria-label="What will happen" className={styles.consequence}>
      <p className={styles.sentence}>
        {unbroken(sentence)} {changed && <Changed />}
      </p>
      <ul className={styles.counts}>
        {'service' in preview && <Counts {...preview} />}
        <li className={styles.asOf}>as of {clockTime(Date.parse(asOf))}</li>
      </ul>
    </section>
  )
}

type CountsProps = { restarts: number; starts: number; stops: number }

function Counts({ restarts, starts, stops }: CountsProps): ReactNode {
  const counts = [
    { count: restarts, words: 'restart' },
    { count: starts, words: 'start' },
    { count: stops, words: 'stop' },
  ]
  return counts.map(({ count, words }) => (
    <li key={words} data-none={count === 0 || undefined}>
      <strong>{count}</strong> {count === 1 ? 'task' : 'tasks'} {words}
      {count === 1 ? 's' : ''}
    </li>
  ))
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
