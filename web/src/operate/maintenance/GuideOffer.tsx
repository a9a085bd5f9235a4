import type { NodePreview } from '@skep/shared/contract/node-preview'
import { useServices } from '../../cluster/queries.ts'
import { Button } from '../../ui/Button.tsx'
import { counted } from '../../ui/words.ts'
import { useSheet } from '../use-sheet.ts'
import styles from './Maintenance.module.css'
import { servicesToStop } from './plan.ts'
import { usePlan } from './use-plan.ts'

/** The safer way, offered where a drain alone would lose data or take a service down. */
export function GuideOffer({ preview }: { preview: NodePreview }) {
  const services = servicesToStop(preview, useServices())
  const { plan, change } = usePlan(preview.node)
  const { close } = useSheet()
  if (services.length === 0) return null
  const begin = () => {
    const startedAt = new Date().toISOString()
    const { node } = preview
    change({ node, startedAt, services, workDone: false, verified: [] })
    close()
  }
  return (
    <section className={styles.offer} aria-label="The safer order">
      <p>
        <strong>The safer order:</strong> stop {listed(services.map(({ name }) => name))}{' '}
        first, drain, do the work, activate, bring {services.length === 1 ? 'it' : 'them'}{' '}
        back, and look whether the data is there.
      </p>
      {plan ? (
        <p>It is under way on this page: close the sheet to see how far it is.</p>
      ) : (
        <Button onClick={begin}>Do it in this order</Button>
      )}
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
