import type { Node } from '@skep/shared/contract/node'
import type { Service } from '@skep/shared/contract/service'
import { stateWord } from '@skep/shared/vocabulary'
import { useService } from '../../cluster/queries.ts'
import { Copy } from '../../ui/Copy.tsx'
import { Mark } from '../../ui/Mark.tsx'
import { StatusLabel } from '../../ui/StatusLabel.tsx'
import styles from './Maintenance.module.css'

type PinHintProps = { service: Service; node: Node | null }

/** What is brought back without a pin may start on another node, without its data. */
export function PinHint({ service: { name, state }, node }: PinHintProps) {
  const isLoose = state?.placement === 'unpinned' || state?.placement === 'loose'
  const isKept = state?.ifItMoves === 'keeps' || state?.ifItMoves === 'refuses'
  if (!node || !isLoose || isKept || state.class === 'soft') return null
  const command = `docker service update --constraint-add node.id==${node.id} ${name}`
  return (
    <div className={styles.pin}>
      <p>
        <Mark mark="triangle" tone="warning" /> Nothing keeps {name} on {node.name}: it may
        start elsewhere,{' '}
        {state.ifItMoves === 'starts-empty'
          ? 'without its data'
          : 'and whether its data is there cannot be told'}
        . While it is stopped, a pin restarts nothing:
      </p>
      <p>
        <code>{command}</code> <Copy text={command} what="the command" />
      </p>
    </div>
  )
}

/** Said beside the question for the data, where it is not where it was. */
export function DataWord({ service }: { service: string }) {
  const state = useService(service)?.state ?? null
  const word = state && stateWord(state)
  return word?.tone === 'critical' && <StatusLabel {...word} />
}
