import type { StoredFlag } from '@skep/shared/contract/stored'
import { storedFlagWords } from '@skep/shared/vocabulary'
import { StatusLabel } from '../../ui/StatusLabel.tsx'
import styles from './Stored.module.css'

const order = Object.keys(storedFlagWords) as StoredFlag[] // the keys' type is lost

/** What there is to say of one, loudest first: each a mark and its words. */
export function Flags({ flags }: { flags: readonly StoredFlag[] }) {
  return (
    <span className={styles.flags}>
      {order
        .filter((flag) => flags.includes(flag))
        .map((flag) => {
          const { meaning, ...word } = storedFlagWords[flag]
          return (
            <span key={flag} title={meaning} data-flag={flag}>
              <StatusLabel {...word} />
            </span>
          )
        })}
    </span>
  )
}
