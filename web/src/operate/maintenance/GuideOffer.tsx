import type { NodePreview } from '@skep/shared/contract/node-preview'
import { useServices } from '../../cluster/queries.ts'
import { Button } from '../../ui/Button.tsx'
import { counted } from '../../ui/words.ts'
import { ReadFailure } from '../ReadFailure.tsx'
import { useStandstill } from '../standstill.ts'
import { useSheet } from '../use-sheet.ts'
import styles from './Maintenance.module.css'
import { servicesToStop } from './services-to-stop.ts'
import { isUnderWay, useMaintenance } from './use-maintenance.ts'

/** The safer way, offered where a drain alone would lose data or take it out of service. */
export function GuideOffer({ preview }: { preview: NodePreview }) {
  const services = servicesToStop(preview, useServices())
  return services.length > 0 && <Offer node={preview.node} services={services} />
}

function Offer({ node, services }: { node: string; services: string[] }) {
  const { maintenance, begin } = useMaintenance(node)
  const { close } = useSheet()
  const standstill = useStandstill()
  const isBlocked = standstill !== null || begin.isPending
  return (
    <section className={styles.offer} aria-label="The safer order">
      <p>
        <strong>The safer order:</strong> stop {listed(services)} first, drain, do the work,
        activate, bring {services.length === 1 ? 'it' : 'them'} back, and look whether the
        data is there.
      </p>
      {maintenance && isUnderWay(maintenance) ? (
        <p>It is under way on this page: close the sheet to see how far it is.</p>
      ) : (
        <Button
          aria-disabled={isBlocked}
          title={standstill ?? undefined}
          onClick={() => isBlocked || begin.mutate({ services }, { onSuccess: close })}
        >
          Do it in this order
        </Button>
      )}
      {begin.error && <ReadFailure error={begin.error} />}
    </section>
  )
}

function listed(names: readonly string[]): string {
  const shown = 3
  if (names.length > shown)
    return `${names.slice(0, shown).join(', ')} and ${counted(names.length - shown, 'other service')}`
  return names.length < 2
    ? names.join('')
    : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
