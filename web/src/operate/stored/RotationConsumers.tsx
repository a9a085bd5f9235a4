import type { RotationPreview } from '@skep/shared/contract/rotation'
import { Link } from '@tanstack/react-router'
import { counted } from '../../ui/words.ts'
import { Changed } from '../Changed.tsx'
import { rowKey } from '../marks.ts'
import styles from './Stored.module.css'

type RotationConsumersProps = { preview: RotationPreview; changed: ReadonlySet<string> }

/** Who is updated, and how: the sentence of each says where its file is, and stays. */
export function RotationConsumers({ preview, changed }: RotationConsumersProps) {
  const { consumers } = preview
  if (consumers.length === 0)
    return <p>No service uses it now: the next version is created, and nothing restarts.</p>
  return (
    <section>
      <h3>{counted(consumers.length, 'service')} to update</h3>
      <ol className={styles.consumers}>
        {consumers.map(({ service, restarts, sentence }) => (
          <li key={service} data-service={service}>
            <p>
              <Link to="/services/$name" params={{ name: service }}>
                {service}
              </Link>{' '}
              restarts {counted(restarts, 'task')}.{' '}
              {changed.has(rowKey.consumer(service)) && <Changed />}
            </p>
            <p className={styles.how}>{sentence}</p>
          </li>
        ))}
      </ol>
    </section>
  )
}
