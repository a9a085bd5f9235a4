import type { RotationPreview } from '@skep/shared/contract/rotation'
import { Link } from '@tanstack/react-router'
import { counted } from '../../ui/words.ts'
import { Changed } from '../Changed.tsx'
import { Diff } from '../Diff.tsx'
import { rowKey } from '../marks.ts'
import styles from './Stored.module.css'

type RotationConsumersProps = { preview: RotationPreview; changed: ReadonlySet<string> }

const nothing: ReadonlySet<string> = new Set()

/** Who is updated, and how: the sentence of each says where its file is, and stays. */
export function RotationConsumers({ preview, changed }: RotationConsumersProps) {
  const { kind, consumers } = preview
  if (consumers.length === 0)
    return (
      kind === 'rotate' && (
        <p>No service uses it now: the next version is created, and nothing restarts.</p>
      )
    )
  return (
    <section>
      <h3>{counted(consumers.length, 'service')} to update</h3>
      <ol className={styles.consumers}>
        {consumers.map(({ service, restarts, sentence, changes }) => (
          <li key={service} data-service={service}>
            <p>
              <Link to="/services/$name" params={{ name: service }}>
                {service}
              </Link>{' '}
              restarts {counted(restarts, 'task')}.{' '}
              {changed.has(rowKey.consumer(service)) && <Changed />}
            </p>
            <p className={styles.how}>{sentence}</p>
            {changes.length > 0 && (
              <details className={styles.patch} open={consumers.length === 1}>
                <summary>What changes in its spec</summary>
                <Diff changes={changes} changed={nothing} />
              </details>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}
