import type { Task } from '../domain/state.ts'

/** A running task for tests; a test names only what it is about. */
export const aTask = (fields: Partial<Task>): Task => ({
  id: 'task',
  version: 1,
  serviceId: 'web',
  slot: 1,
  nodeId: 'n1',
  desired: 'running',
  state: 'running',
  since: 0,
  message: 'started',
  error: null,
  exitCode: null,
  containerId: null,
  image: 'demo/web:v1',
  createdAt: 0,
  updatedAt: 0,
  jobIteration: null,
  reserved: { nanoCpus: 0, memoryBytes: 0 },
  generic: {},
  restart: null,
  volumes: [],
  clusterVolumes: [],
  storedIds: [],
  upToDate: true,
  ...fields,
})
