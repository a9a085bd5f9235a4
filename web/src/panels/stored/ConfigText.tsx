import type { ConfigContent, StoredEntry } from '@skep/shared/contract/stored'
import { useId, useState } from 'react'
import { useConfigContent, useKeptBack } from '../../cluster/stored.ts'
import { Button } from '../../ui/Button.tsx'
import { CodeView } from '../../ui/CodeView.tsx'
import { notationOf } from '../../ui/code-colour.ts'
import { LineDiff } from '../../ui/LineDiff.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { bytes } from '../../ui/units.ts'
import { counted } from '../../ui/words.ts'
import { DetailError } from '../service/DetailError.tsx'
import styles from './ConfigText.module.css'

type ConfigTextProps = {
  name: string
  /** The others of its family, newest first. */
  others: readonly StoredEntry[]
  /** The one it is compared with; null for none. */
  compared: string | null
  onCompare: (name: string | null) => void
}

/** What a config holds, and what differs from another version. */
export function ConfigText({ name, others, compared, onCompare }: ConfigTextProps) {
  const [reveal, setReveal] = useState(false)
  const own = useConfigContent(name, reveal)
  const other = useConfigContent(compared, reveal, name)
  const masked = (own.data?.masked ?? 0) + (other.data?.masked ?? 0)
  const failed = own.error ? own : other.error ? other : null
  return (
    <>
      {others.length > 0 && (
        <CompareChoice others={others} compared={compared} onCompare={onCompare} />
      )}
      {(masked > 0 || reveal) && (
        <p className={styles.masked}>
          {reveal
            ? 'Lines that look like a credential are shown.'
            : `${counted(masked, 'line')} that ${masked === 1 ? 'looks' : 'look'} like a credential ${masked === 1 ? 'is' : 'are'} kept back.`}
          <Reveal isRevealed={reveal} onReveal={setReveal} />
        </p>
      )}
      {failed?.error && (
        <DetailError error={failed.error} onRetry={() => void failed.refetch()} />
      )}
      {!failed && (!own.data || (compared !== null && !other.data)) && (
        <Skeleton rows={8} label="Reading the content" />
      )}
      {own.data &&
        (compared === null ? (
          <Content content={own.data} />
        ) : (
          other.data && <Compared before={other.data} after={own.data} />
        ))}
    </>
  )
}

type RevealProps = { isRevealed: boolean; onReveal: (on: boolean) => void }

function Reveal({ isRevealed, onReveal }: RevealProps) {
  const refusal = useKeptBack()
  const id = useId()
  return (
    <>
      <Button
        aria-pressed={isRevealed}
        aria-disabled={refusal !== null}
        aria-describedby={refusal === null ? undefined : id}
        onClick={() => refusal === null && onReveal(!isRevealed)}
      >
        {isRevealed ? 'Hide' : 'Show'}
      </Button>
      {refusal !== null && <span id={id}>{refusal}</span>}
    </>
  )
}

type CompareChoiceProps = Pick<ConfigTextProps, 'others' | 'compared' | 'onCompare'>

function CompareChoice({ others, compared, onCompare }: CompareChoiceProps) {
  const id = useId()
  return (
    <p className={styles.compare}>
      <label htmlFor={id}>Compare with</label>
      <select
        id={id}
        value={compared ?? ''}
        onChange={({ target }) => onCompare(target.value === '' ? null : target.value)}
      >
        <option value="">no other version</option>
        {others.map(({ id, name }) => (
          <option key={id} value={name}>
            {name}
          </option>
        ))}
      </select>
    </p>
  )
}

function Content({ content }: { content: ConfigContent }) {
  const { name, text } = content
  if (text === null)
    return (
      <p>
        {name} is {binaryWords(content)}
      </p>
    )
  return (
    <>
      <CodeView
        label={`Content of ${name}`}
        text={text}
        notation={notationOf(name, text)}
      />
      {!content.finalNewline && <p className={styles.age}>No newline at the end.</p>}
    </>
  )
}

function Compared({ before, after }: { before: ConfigContent; after: ConfigContent }) {
  if (before.text === null || after.text === null)
    return (
      <p>
        {[before, after]
          .filter(({ text }) => text === null)
          .map((one) => `${one.name} is ${binaryWords(one)}`)
          .join('; ')}{' '}
        There are no lines to compare.
      </p>
    )
  return (
    <LineDiff
      before={{ name: before.name, text: before.text }}
      after={{ name: after.name, text: after.text }}
      notation={notationOf(after.name, after.text)}
      kept={before.masked + after.masked}
      same={before.same}
    />
  )
}

const binaryWords = (content: ConfigContent): string => `binary, ${bytes(content.bytes)}.`
