import type { Check } from '@skep/shared/contract/preview'
import { useId } from 'react'
import { Mark } from '../ui/Mark.tsx'
import { Prose } from '../ui/Prose.tsx'
import { counted } from '../ui/words.ts'
import { Changed } from './Changed.tsx'
import styles from './Checks.module.css'
import { ReferenceLink } from './ReferenceLink.tsx'

type ChecksProps = {
  checks: Check[]
  ticked: ReadonlySet<string>
  changed: ReadonlySet<string>
  onTick: (id: string, on: boolean) => void
}

/** What stands against a command: what refuses it, what to accept, what to know. */
export function Checks({ checks, ticked, changed, onTick }: ChecksProps) {
  const id = useId()
  const of = (level: Check['level']) => checks.filter((check) => check.level === level)
  const [blocks, warnings, notes] = [of('block'), of('warn'), of('info')]
  return (
    <section aria-labelledby={id} className={styles.checks}>
      <h3 id={id}>
        {summary(
          blocks.length,
          warnings.length,
          warnings.filter(({ id }) => ticked.has(id)).length,
        )}
      </h3>
      {checks.length > 0 && (
        <ul>
          {[...blocks, ...warnings, ...notes].map((check) => (
            <li
              key={check.id}
              className={styles.check}
              data-level={check.level}
              data-check={check.id}
              // The button of a blocked command leads here.
              tabIndex={check.level === 'block' ? -1 : undefined}
            >
              {check.level === 'warn' ? (
                <label className={styles.line}>
                  <input
                    type="checkbox"
                    checked={ticked.has(check.id)}
                    onChange={(event) => onTick(check.id, event.target.checked)}
                  />
                  <Sentence check={check} changed={changed.has(check.id)} />
                </label>
              ) : (
                <div className={styles.line}>
                  <Mark
                    {...(check.level === 'block'
                      ? { mark: 'diamond-cross', tone: 'critical', label: 'Blocks' }
                      : { mark: 'disc-hollow', tone: 'neutral', label: 'Note' })}
                  />
                  <Sentence check={check} changed={changed.has(check.id)} />
                </div>
              )}
              {check.subjects.length > 0 && (
                <ul className={styles.subjects}>
                  {check.subjects.map((subject) => (
                    <li key={`${subject.kind} ${subject.name}`}>
                      <ReferenceLink reference={subject} />
                    </li>
                  ))}
                </ul>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

const Sentence = ({ check, changed }: { check: Check; changed: boolean }) => (
  <span>
    <Prose>{check.sentence}</Prose> {changed && <Changed />}
  </span>
)

function summary(blocks: number, warnings: number, ticked: number): string {
  if (blocks > 0) return blocks === 1 ? 'Blocked' : `Blocked for ${blocks} reasons`
  if (warnings > 0 && ticked === warnings) return `${counted(warnings, 'warning')}, ticked`
  if (ticked > 0) return `${counted(warnings, 'warning')}, ${warnings - ticked} to tick`
  if (warnings > 0) return `${counted(warnings, 'warning')} to tick`
  return 'Nothing stands against it'
}
