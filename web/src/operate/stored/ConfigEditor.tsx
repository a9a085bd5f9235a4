import { useDeferredValue, useEffect, useEffectEvent, useId, useState } from 'react'
import { useConfigContent, useKeptBack } from '../../cluster/stored.ts'
import { Button } from '../../ui/Button.tsx'
import { notationOf } from '../../ui/code-colour.ts'
import { LineDiff } from '../../ui/LineDiff.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { bytes } from '../../ui/units.ts'
import { counted } from '../../ui/words.ts'
import { ReadFailure } from '../ReadFailure.tsx'
import styles from './Stored.module.css'
import {
  type Editable,
  editable,
  payloadOf,
  textOf,
  type ValueDraft,
} from './stored-value.ts'
import { ValueField } from './ValueField.tsx'

type ConfigEditorProps = {
  /** Of the version that is replaced, and of the one that takes its place. */
  name: string
  next: string
  draft: ValueDraft
  onDraft: (draft: ValueDraft) => void
}

/** The next version of a config, from an edited copy of this one; the difference beneath. */
export function ConfigEditor({ name, next, draft, onDraft }: ConfigEditorProps) {
  const [reveal, setReveal] = useState(false)
  const refusal = useKeptBack()
  const id = useId()
  const { data, error, refetch } = useConfigContent(name, reveal)
  // A copy with lines kept back would store their masks.
  const whole = data && (reveal || data.masked === 0) ? data.text : null
  const copied = whole === null ? null : editable(whole)
  const copy = useEffectEvent((content: string) => {
    const { text, lineEnd } = editable(content)
    onDraft({ ...draft, source: 'paste', text, lineEnd })
  })
  useEffect(() => {
    if (whole !== null) copy(whole)
  }, [whole])
  if (error) return <ReadFailure error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={4} label={`Reading ${name}`} />
  return (
    <>
      {data.kind === 'binary' && (
        <p>
          {name} is binary, {bytes(data.bytes)}: it is replaced as a whole, by a file.
        </p>
      )}
      {!reveal && data.masked > 0 && (
        <p className={styles.kept}>
          {counted(data.masked, 'line')} of {name} {data.masked === 1 ? 'looks' : 'look'}{' '}
          like a credential and {data.masked === 1 ? 'is' : 'are'} kept back.
          <Button
            aria-disabled={refusal !== null}
            aria-describedby={refusal === null ? undefined : id}
            onClick={() => refusal === null && setReveal(true)}
          >
            Show and edit the content
          </Button>
          {refusal !== null && <span id={id}>{refusal}</span>}
        </p>
      )}
      <ValueField kind="config" draft={draft} onDraft={onDraft} label="New content" />
      {copied && draft.source === 'paste' && <LineEnds name={name} copied={copied} />}
      {whole !== null && (
        <Difference before={{ name, text: whole }} after={{ name: next, draft }} />
      )}
    </>
  )
}

/** What becomes of line ends other than a line feed, which an editor does not show. */
function LineEnds({ name, copied }: { name: string; copied: Editable }) {
  if (copied.isMixed)
    return (
      <p>
        The lines of {name} do not all end alike. Those of the edited copy all end with a
        line feed.
      </p>
    )
  if (copied.lineEnd === '\n') return null
  return (
    <p>
      The lines of {name} end with a carriage return and a line feed, and so do those of the
      edited copy.
    </p>
  )
}

type DifferenceProps = {
  before: { name: string; text: string }
  after: { name: string; draft: ValueDraft }
}

function Difference({ before, after }: DifferenceProps) {
  const draft = useDeferredValue(after.draft)
  const payload = payloadOf(draft)
  const text = textOf(payload)
  if (payload.length === 0) return null
  if (text === null) return <p>The new content is binary, {bytes(payload.length)}.</p>
  return (
    <section>
      <h3>What differs</h3>
      <LineDiff
        before={before}
        after={{ name: after.name, text }}
        notation={notationOf(before.name, before.text)}
        stacked
      />
    </section>
  )
}
