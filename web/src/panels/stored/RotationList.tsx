import type { Rotation } from '@skep/shared/contract/rotation'
import type { StoredKind } from '@skep/shared/contract/stored'
import type { Word } from '@skep/shared/vocabulary'
import { Link } from '@tanstack/react-router'
import { isOpenRotation, useRotations } from '../../cluster/stored.ts'
import { isLapsed, rotationProgress } from '../../operate/rotation/rotation-steps.ts'
import { Ago } from '../../ui/Ago.tsx'
import { StatusLabel } from '../../ui/StatusLabel.tsx'
import { DetailError } from '../service/DetailError.tsx'
import styles from './RotationList.module.css'

type RotationListProps = {
  kind: StoredKind
  /** Only those that this one began, or came from; all where left out. */
  name?: string
}

/** Rotations that still need somebody, or time; often none. */
export function RotationList({ kind, name }: RotationListProps) {
  const { data, error, refetch } = useRotations()
  const open = (data?.items ?? []).filter(
    (one) =>
      one.kind === kind &&
      isOpenRotation(one) &&
      (name === undefined || one.from.name === name || one.to.name === name),
  )
  return (
    <>
      {error && <DetailError error={error} onRetry={() => void refetch()} />}
      {open.length > 0 && (
        <ul className={styles.rotations} aria-label="Rotations under way">
          {open.map((rotation) => (
            <li key={rotation.id} data-rotation={rotation.id}>
              <StatusLabel {...words[stateOf(rotation)]} />
              <Link to="/rotations/$id" params={{ id: rotation.id }}>
                {rotation.from.name} → {rotation.to.name}
              </Link>
              <span>{rotationProgress(rotation)}</span>
              <span className={styles.age}>
                begun <Ago at={rotation.startedAt} as="past" dense /> by {rotation.actor}
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

type OpenState = 'running' | 'stopped' | 'verified' | 'lapsed'

function stateOf(rotation: Rotation): OpenState {
  const { state } = rotation
  if (isLapsed(rotation)) return 'lapsed'
  return state === 'running' || state === 'stopped' ? state : 'verified'
}

const words: Record<OpenState, Word> = {
  running: { mark: 'ring-turning', tone: 'progress', label: 'Rotating' },
  stopped: { mark: 'disc-bars', tone: 'warning', label: 'Rotation stopped' },
  lapsed: { mark: 'disc-bars', tone: 'warning', label: 'Rotation no longer verified' },
  verified: { mark: 'disc-flag', tone: 'neutral', label: 'Old version to remove' },
}
