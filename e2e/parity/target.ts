import type { Particulars } from './normalise.ts'

/** The machines of every target: three managers and two workers. */
export const machines = ['m1', 'm2', 'm3', 'w1', 'w2'] as const
export type Machine = (typeof machines)[number]

/** A swarm that the suite is told to, and the hands at its machines. */
export type Target = {
  /** As the table calls it. */
  name: string
  particulars: Particulars
  /** Of the Docker API of a machine. */
  socket(machine: Machine): string
  cutPower(machine: Machine): Promise<void>
  /** Whether the power may go before a manager has written down what it was told. */
  forgets: boolean
  powerOn(machine: Machine): Promise<void>
}
