import type { AffectedTask, NodePreview } from '@skep/shared/contract/node-preview'
import type { Check, FieldChange, Preview } from '@skep/shared/contract/preview'

/** Valid previews for tests; a test names only what it is about. */
export const aCheck = (
  id: string,
  level: Check['level'],
  sentence = `About ${id}.`,
): Check => ({ id, level, sentence, subjects: [] })

export const aChange = (path: string, fields: Partial<FieldChange>): FieldChange => ({
  path,
  label: path,
  before: 'web:2',
  after: 'web:1',
  hidden: false,
  restarts: true,
  ...fields,
})

export const aPreview = (fields: Partial<Preview>): Preview => ({
  kind: 'rollback',
  service: 'web',
  asOf: '2026-11-21T14:02:31.000Z',
  basis: 'basis',
  title: 'Roll back web',
  sentence: 'Replaces 3 of 3 tasks.',
  button: 'Roll back web (restarts 3)',
  restarts: 3,
  starts: 0,
  stops: 0,
  changes: [aChange('Image', {})],
  from: null,
  to: null,
  afterwards: null,
  checks: [],
  command: 'docker service rollback web',
  typed: null,
  ...fields,
})

export const aTask = (slot: number, fields: Partial<AffectedTask> = {}): AffectedTask => ({
  task: `task-${fields.service ?? 'web'}-${slot}`,
  slot: String(slot),
  service: 'web',
  state: 'running',
  outcome: 'moves',
  candidates: ['w2', 'w3'],
  blockedBy: null,
  returns: null,
  data: 'none',
  dataWhy: null,
  why: 'Two nodes take it.',
  ...fields,
})

export const aNodePreview = (fields: Partial<NodePreview>): NodePreview => ({
  kind: 'drain',
  node: 'w1',
  asOf: '2026-11-21T14:02:31.000Z',
  basis: 'basis',
  title: 'Drain w1',
  sentence: 'Stops 1 task here; 1 moves.',
  button: 'Drain w1 (moves 1)',
  tasks: [aTask(1)],
  services: [],
  gains: [],
  losesOnlyNode: [],
  capacity: [],
  quorum: null,
  afterwards: null,
  checks: [],
  command: 'docker node update --availability drain w1',
  typed: null,
  ...fields,
})
