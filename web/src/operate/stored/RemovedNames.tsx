import type { StoredPreview } from '@skep/shared/contract/stored'
import { Changed } from '../Changed.tsx'
import { rowKey } from '../marks.ts'
import { NameList } from './NameList.tsx'

type RemovedNamesProps = { preview: StoredPreview; changed: ReadonlySet<string> }

/** What would go, and what of its family stays. */
export function RemovedNames({ preview, changed }: RemovedNamesProps) {
  const { names, keeps } = preview
  return (
    <>
      {names.length > 0 && (
        <section>
          <h3>Goes ({names.length})</h3>
          <NameList
            names={names}
            beside={(name) => changed.has(rowKey.removed(name)) && <Changed />}
          />
        </section>
      )}
      {keeps.length > 0 && (
        <section>
          <h3>Stays ({keeps.length})</h3>
          <NameList names={keeps} />
        </section>
      )}
    </>
  )
}
