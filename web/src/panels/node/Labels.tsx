import type { LabelUse } from '@skep/shared/contract/placement'
import { ServiceNames } from '../inventory/ServiceNames.tsx'
import styles from './Labels.module.css'

type LabelsProps = {
  labels: Record<string, string>
  none: string
  /** What constraints ask of them; not known yet: none. */
  uses?: readonly LabelUse[]
}

/**
 * Labels as they were set, each with the constraints that ask for it, and then those that
 * are asked for and not there: keys and values are anybody's text.
 */
export function Labels({ labels, none, uses = [] }: LabelsProps) {
  const entries = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))
  const byLabel = Map.groupBy(uses, ({ label }) => label)
  const absent = [...byLabel].filter(([label]) => !Object.hasOwn(labels, label))
  return (
    <ul className={styles.labels}>
      {entries.length === 0 && <li className={styles.none}>{none}</li>}
      {entries.map(([key, value]) => (
        <li key={key}>
          <code>
            <span className={styles.key}>{key}</span>
            {value !== '' && `=${value}`}
          </code>
          <Uses uses={byLabel.get(key) ?? []} />
        </li>
      ))}
      {absent.map(([label, those]) => (
        <li key={label} data-absent={label}>
          <span className={styles.none}>
            <code>{label}</code> is not set here
          </span>
          <Uses uses={those} />
        </li>
      ))}
    </ul>
  )
}

/** Constraints on a label: met or not, and whose. */
const Uses = ({ uses }: { uses: readonly LabelUse[] }) =>
  uses.length > 0 && (
    <ul className={styles.uses} aria-label="Constraints that ask for it">
      {uses.map(({ constraint, met, services }) => (
        <li key={constraint} data-met={met}>
          <span>
            {met ? 'Meets' : 'Fails'} <code>{constraint}</code> of
          </span>
          <ServiceNames names={services} limit={3} />
        </li>
      ))}
    </ul>
  )
