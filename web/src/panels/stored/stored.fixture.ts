import type { Consumer, Stored } from '@skep/shared/contract/stored'

/** Valid secrets and configs for tests; a test names only what it is about. */
export const aStored = (name: string, fields: Partial<Stored> = {}): Stored => ({
  id: `id-${name}`,
  kind: 'secret',
  name,
  family: name,
  version: null,
  newest: true,
  createdAt: '2026-11-21T14:02:31.000Z',
  updatedAt: '2026-11-21T14:02:31.000Z',
  labels: {},
  stack: null,
  driver: null,
  templating: null,
  bytes: null,
  consumers: [],
  volumes: [],
  flags: [],
  ...fields,
})

export const aConsumer = (service: string, fields: Partial<Consumer> = {}): Consumer => ({
  service,
  stack: null,
  roles: ['current'],
  tasks: 3,
  mounts: [{ target: '/run/secrets/x', uid: '0', gid: '0', mode: '0444', finding: null }],
  ...fields,
})
