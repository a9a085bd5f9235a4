import type { Service } from '@skep/shared/contract/service'
import { useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { Section } from '../../ui/Section.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { counted } from '../../ui/words.ts'
import { DetailError } from '../service/DetailError.tsx'
import { SpecVersionItem } from './SpecVersionItem.tsx'
import styles from './SpecVersions.module.css'
import { useVersions } from './use-memory.ts'

/** So many versions at a time. */
const page = 10

/** Each version of the spec that was seen, with what it changed, and a way back to it. */
export function SpecVersions({ service }: { service: Service }) {
  const { data, error, refetch } = useVersions(service.name, service.updatedAt)
  const [shown, setShown] = useState(page)
  const versions = data?.versions ?? []
  const more = versions.length - shown
  const first = versions.at(-1)
  return (
    <div id="versions" className={styles.part}>
      <Section
        title="Spec versions"
        note="As the console saw them, newest first. Values of variables are never shown."
      >
        {error && <DetailError error={error} onRetry={() => void refetch()} />}
        {!data && !error && <Skeleton rows={6} label="Reading the versions" />}
        {data && versions.length === 0 && (
          <p className={styles.none}>
            No version of {service.name} is kept yet: the next change is the first.
          </p>
        )}
        {versions.length > 0 && (
          <ol className={styles.list}>
            {versions.slice(0, shown).map((version) => (
              <SpecVersionItem
                key={version.version}
                service={service.name}
                version={version}
                isFirst={version === first}
              />
            ))}
          </ol>
        )}
        {more > 0 && (
          <div>
            <Button onClick={() => setShown(shown + page)}>
              Show {Math.min(more, page)} of {counted(more, 'earlier version')}
            </Button>
          </div>
        )}
      </Section>
    </div>
  )
}
