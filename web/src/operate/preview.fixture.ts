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
