import type { StateBadge as Badge } from '@skep/shared/contract/stateful'
import { stateClassWords, stateWord } from '@skep/shared/vocabulary'
import { Mark } from '../../ui/Mark.tsx'
import styles from './StateBadge.module.css'

/** How a service holds data, beside its name: quiet, except where that is a risk. */
export function StateBadge({ state }: { state: Badge | null }) {
  const word = state && stateWord(state)
  if (!word) return null
  const { mark, tone, label } = word
  return (
    <span
      className={styles.badge}
      data-state-badge={state.class}
      data-tone={tone}
      title={stateClassWords[state.class].meaning}
    >
      <Mark mark={mark} tone={tone} size={12} />
      {label}
    </span>
  )
}
