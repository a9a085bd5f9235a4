import { nodeWords, verdictWords } from '@skep/shared/vocabulary'
import { Link } from '@tanstack/react-router'
import { useEffect, useId, useState } from 'react'
import type { Change } from '../cluster/changes.ts'
import { useSession } from '../cluster/SessionProvider.tsx'
import { useAway, useTrusted } from '../cluster/status.ts'
import { Button } from '../ui/Button.tsx'
import styles from './Bar.module.css'
import { changesAway } from './words.ts'

/** Long enough to read that nothing happened, in milliseconds. */
const readable = 10_000

/** The link is back: what changed while nobody could see it. */
export function AwayBar() {
  const session = useSession()
  const away = useAway()
  const trusted = useTrusted()
  const [open, setOpen] = useState(false)
  const id = useId()
  const nothing = trusted && away?.changes.length === 0
  useEffect(() => {
    if (!nothing) return
    const timer = setTimeout(() => session.dismissAway(), readable)
    return () => clearTimeout(timer)
  }, [session, nothing])
  if (!away || !trusted) return null
  const { changes } = away
  return (
    <div className={styles.bar} data-away>
      <div className={styles.words}>
        <p>
          <strong>Caught up.</strong>{' '}
          {changes.length === 0 ? (
            'Nothing changed while away.'
          ) : (
            <button
              type="button"
              className={styles.disclosure}
              aria-expanded={open}
              aria-controls={id}
              onClick={() => setOpen(!open)}
            >
              {changesAway(changes.length)}
            </button>
          )}
        </p>
        {open && (
          <ul id={id} className={styles.list}>
            {changes.map((change) => (
              <li key={`${change.kind} ${change.name}`}>
                <ChangeLine change={change} />
              </li>
            ))}
          </ul>
        )}
      </div>
      <Button look="quiet" onClick={() => session.dismissAway()}>
        Close
      </Button>
    </div>
  )
}

function ChangeLine({ change }: { change: Change }) {
  const { kind, name } = change
  return (
    <>
      {kind === 'service' ? (
        <Link to="/services/$name" params={{ name }}>
          {name}
        </Link>
      ) : (
        <Link to="/nodes/$name" params={{ name }}>
          {name}
        </Link>
      )}
      : {changeWords(change)}
    </>
  )
}

/** "converged, 10 of 10, now update paused, 4 of 10". */
function changeWords(change: Change): string {
  const [before, after] =
    change.kind === 'service'
      ? [change.before, change.after].map(
          (service) =>
            service &&
            `${verdictWords[service.convergence.verdict].label.toLowerCase()}, ${service.running} of ${service.desired}`,
        )
      : [change.before, change.after].map(
          (node) =>
            node &&
            nodeWords[node.status].label.toLowerCase() +
              (node.manager?.leader ? ', leader' : ''),
        )
  if (!before) return `new, ${after}`
  if (!after) return `removed; it was ${before}`
  return `${before} → ${after}`
}
