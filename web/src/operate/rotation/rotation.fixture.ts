import type { Rotation, RotationConsumer } from '@skep/shared/contract/rotation'

/** Valid rotations for tests; a test names only what it is about. */
export const aRotation = (fields: Partial<Rotation>): Rotation => ({
  id: 'r1',
  kind: 'secret',
  family: 'db_password',
  from: { id: 's6', name: 'db_password_v6' },
  to: { id: 's7', name: 'db_password_v7' },
  actor: 'ana',
  together: false,
  step: 'update',
  state: 'running',
  sentence: 'Updating api, 1 of 2 converged.',
  consumers: [anUpdated('web', { state: 'converged' }), anUpdated('api', {})],
  startedAt: '2026-11-21T14:02:31.000Z',
  verifiedAt: null,
  retireFrom: null,
  endedAt: null,
  retire: [],
  ...fields,
})

export const anUpdated = (
  service: string,
  fields: Partial<RotationConsumer>,
): RotationConsumer => ({
  service,
  serviceId: `id-${service}`,
  state: 'updating',
  operation: null,
  sentence: '1 of 3 updated',
  targets: ['/run/secrets/db_password'],
  rollbackChecks: null,
  ...fields,
})
