import type { Machine } from './plan.ts'

const GIB = 1024 ** 3
const small = { cpus: 2, memory: 4 * GIB }
const large = { cpus: 8, memory: 32 * GIB }

/**
 * The company's machines. The oldest worker runs an engine that nobody dares to update, and
 * the fourth manager was promoted in a hurry: four bear no more losses than three.
 */
export const MACHINES: readonly Machine[] = [
  {
    ...small,
    hostname: 'manager-1',
    role: 'manager',
    joined: '400 d',
    labels: { zone: 'north' },
  },
  {
    ...small,
    hostname: 'manager-2',
    role: 'manager',
    joined: '400 d',
    labels: { zone: 'south' },
  },
  {
    ...small,
    hostname: 'manager-3',
    role: 'manager',
    joined: '400 d',
    labels: { zone: 'east' },
  },
  {
    ...large,
    hostname: 'worker-3',
    role: 'worker',
    joined: '400 d',
    labels: { zone: 'east', disk: 'hdd', maintenance: 'kernel-update-due' },
    engineVersion: '27.5.1',
  },
  {
    ...large,
    hostname: 'worker-1',
    role: 'worker',
    joined: '310 d',
    labels: { zone: 'north', disk: 'ssd' },
  },
  {
    ...large,
    hostname: 'worker-2',
    role: 'worker',
    joined: '310 d',
    labels: { zone: 'south', disk: 'ssd' },
  },
  {
    ...large,
    hostname: 'worker-4',
    role: 'worker',
    joined: '120 d',
    labels: { zone: 'south', disk: 'ssd' },
  },
  {
    ...large,
    hostname: 'worker-5',
    role: 'worker',
    joined: '120 d',
    labels: { zone: 'north', disk: 'hdd' },
  },
  {
    ...small,
    hostname: 'manager-4',
    role: 'manager',
    joined: '7 d',
    labels: { zone: 'north' },
  },
]
