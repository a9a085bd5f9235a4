import type { Stored } from '@skep/shared/contract/stored'
import { Link } from '@tanstack/react-router'
import styles from './Stored.module.css'
import { nameParts } from './stored-words.ts'

type StoredNameProps = { of: Pick<Stored, 'kind' | 'name' | 'version'> }

/** A name as a link, its version set apart from its family. */
export function StoredName({ of }: StoredNameProps) {
  const { before, version, after } = nameParts(of)
  return (
    <Link
      to={of.kind === 'secret' ? '/secrets/$name' : '/configs/$name'}
      params={{ name: of.name }}
      title={of.name}
    >
      {before}
      {version !== '' && <span className={styles.version}>{version}</span>}
      {after}
    </Link>
  )
}
