import type { Rotation } from '@skep/shared/contract/rotation'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useRotation } from '../cluster/stored.ts'
import { OperateRotation } from '../operate/rotation/OperateRotation.tsx'
import { RotationOrigin, RotationPanel } from '../operate/rotation/RotationPanel.tsx'
import { rotationOpen } from '../operate/rotation/rotation-open.ts'
import { isLapsed } from '../operate/rotation/rotation-steps.ts'
import { DetailError } from '../panels/service/DetailError.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import type { MarkName } from '../ui/silhouettes.ts'
import type { Tone } from '../ui/tone.ts'
import styles from './RotationPage.module.css'

const route = getRouteApi('/rotations/$id')

type Look = { verdict: string; mark: MarkName; tone: Tone }

const looks: Record<Rotation['state'], Look> = {
  running: { verdict: 'is under way', mark: 'ring-turning', tone: 'progress' },
  stopped: { verdict: 'is stopped', mark: 'disc-bars', tone: 'warning' },
  verified: { verdict: 'is verified', mark: 'disc-check', tone: 'ok' },
  retired: { verdict: 'is done', mark: 'disc-flag', tone: 'neutral' },
  abandoned: { verdict: 'was left as it is', mark: 'disc-hollow', tone: 'neutral' },
}

const lapsed: Look = {
  verdict: 'was verified, and is so no longer',
  mark: 'disc-bars',
  tone: 'warning',
}

/** How far is this rotation, and what is to be done? */
export function RotationPage() {
  const { id } = route.useParams()
  const open = rotationOpen(route.useSearch())
  const { data, error, refetch } = useRotation(id)
  return (
    <>
      {data ? (
        <PageHeader
          subject={`${data.from.name} → ${data.to.name}`}
          verdict={lookOf(data).verdict}
          status={lookOf(data)}
        >
          <RotationOrigin rotation={data} />
          <Link
            to={data.kind === 'secret' ? '/secrets' : '/configs'}
            search={{ q: data.family }}
          >
            All of {data.family}
          </Link>
        </PageHeader>
      ) : (
        <PageHeader subject="Rotation" verdict="how far it is, and what is to be done" />
      )}
      {error && <DetailError error={error} onRetry={() => void refetch()} />}
      {data ? (
        <>
          <p className={styles.sentence}>{data.sentence}</p>
          <RotationPanel key={data.id} rotation={data} />
          <OperateRotation rotation={data} open={open} />
        </>
      ) : (
        !error && <Skeleton rows={6} label="Reading the rotation" />
      )}
    </>
  )
}

const lookOf = (rotation: Rotation): Look =>
  isLapsed(rotation) ? lapsed : looks[rotation.state]
