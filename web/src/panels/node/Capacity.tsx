import type { Node } from '@skep/shared/contract/node'
import { Meter } from '../../ui/Meter.tsx'
import { bytes, cpus } from '../../ui/units.ts'
import styles from './Capacity.module.css'

/** What the scheduler counts as taken of a node. */
export function Capacity({ node: { reserved, nanoCpus, memoryBytes } }: { node: Node }) {
  return (
    <div className={styles.capacity}>
      <Meter value={reserved.nanoCpus} max={nanoCpus}>
        <p className={styles.what}>CPUs reserved</p>
        <span className={styles.amount}>{cpus(reserved.nanoCpus)}</span> of {cpus(nanoCpus)}
      </Meter>
      <Meter value={reserved.memoryBytes} max={memoryBytes}>
        <p className={styles.what}>Memory reserved</p>
        <span className={styles.amount}>{bytes(reserved.memoryBytes)}</span> of{' '}
        {bytes(memoryBytes)}
      </Meter>
    </div>
  )
}
