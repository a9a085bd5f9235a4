import type { Node } from '@skep/shared/contract/node'
import { Meter } from '../../ui/Meter.tsx'
import { bytes, cpus } from '../../ui/units.ts'
import styles from './Capacity.module.css'

/** What the scheduler counts as taken of a node. */
export function Capacity({ node: { reserved, nanoCpus, memoryBytes } }: { node: Node }) {
  return (
    <div className={styles.capacity}>
      <Meter value={reserved.nanoCpus} max={nanoCpus}>
        <span className={styles.amount}>{cpus(reserved.nanoCpus)}</span> of {cpus(nanoCpus)}{' '}
        CPUs reserved
      </Meter>
      <Meter value={reserved.memoryBytes} max={memoryBytes}>
        <span className={styles.amount}>{bytes(reserved.memoryBytes)}</span> of{' '}
        {bytes(memoryBytes)} memory reserved
      </Meter>
    </div>
  )
}
