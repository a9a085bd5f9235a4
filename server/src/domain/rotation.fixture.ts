import type { RotatedConsumer, RotationRecord } from './rotation-record.ts'

/** A consumer that nothing was sent to yet. */
export const aConsumer = (
  service: string,
  fields: Partial<RotatedConsumer> = {},
): RotatedConsumer => ({
  service,
  serviceId: service,
  state: 'waiting',
  operation: null,
  sentence: '',
  targets: ['/run/secrets/db'],
  sentAt: null,
  endedAt: null,
  applied: false,
  specHash: null,
  acknowledged: [],
  rollback: null,
  health: null,
  ran: null,
  relapse: null,
  ...fields,
})

/** A rotation of the secret db_v1 to db_v2, which was just created. */
export const aRotation = (fields: Partial<RotationRecord> = {}): RotationRecord => ({
  id: 'r-1',
  kind: 'secret',
  family: 'db',
  from: { id: 'db_v1', name: 'db_v1' },
  to: { id: 'db_v2', name: 'db_v2' },
  actor: 'ana',
  together: false,
  step: 'update',
  state: 'running',
  sentence: '',
  consumers: [],
  startedAt: '2027-01-15T08:00:00.000Z',
  verifiedAt: null,
  retireFrom: null,
  endedAt: null,
  windowHours: 24,
  log: [],
  revision: 0,
  ...fields,
})
