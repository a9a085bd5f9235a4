import type { Stored } from '@skep/shared/contract/stored'
import { pages } from '@skep/shared/paths'
import { RowLink } from '../../ui/RowLink.tsx'
import styles from './Stored.module.css'
import { nameParts } from './stored-words.ts'

type StoredNameProps = { of: Pick<Stored, 'kind' | 'name' | 'version'> }

/** A name as a link, its version set apart from its family. */
export function StoredName({ of }: StoredNameProps) {
  const { before, version, after } = nameParts(of)
  return (
    <RowLink to={pages.stored(of.kind, of.name)} title={of.name}>
      {before}
      {version !== '' && <span className={styles.version}>{version}</span>}
      {after}
    </RowLink>
  )
}
