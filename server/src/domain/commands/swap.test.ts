import { describe, expect, test } from 'vitest'
import { aStored } from '../entities.fixture.ts'
import {
  aDocument,
  checksOf,
  halfWay,
  look,
  replicas,
  someFacts,
  v1,
  v2,
} from './commands.fixture.ts'
import { preview } from './preview.ts'

const File = { Name: 'db_password', UID: '1000', GID: '1000', Mode: 0o400 }
const other = { SecretID: 's9', SecretName: 'other', File: { Name: 'other' } }
const document = aDocument(
  v2,
  {},
  {},
  {
    Secrets: [
      { SecretID: 's1', SecretName: 'db_v1', File, Novelty: 7 },
      other,
      { SecretID: 's1', SecretName: 'db_v1', File: { ...File, Name: '/etc/copy' } },
    ],
    Configs: [{ ConfigID: 's1', ConfigName: 'of the same id', File: { Name: '/c' } }],
  },
)

const swap = {
  kind: 'swap',
  stored: 'secret',
  from: 's1',
  to: 's2',
  toName: 'db_v2',
} as const

type Parts = NonNullable<Parameters<typeof look>[1]>

const parts = (fields: Parts = {}): Parts => ({
  document,
  ...fields,
  more: { secrets: new Set(['s1', 's2', 's9']), ...fields.more },
  service: { hasHealthCheck: true, ...fields.service },
})

describe('what is written', () => {
  test('refers to the other one everywhere, as the same file, and to all else as before', () => {
    const { write } = look(swap, parts())
    if (write?.kind !== 'update') throw new Error('nothing to write')
    expect(write.rollback).toBe(false)
    expect(write.document.TaskTemplate.ContainerSpec).toEqual({
      ...document.TaskTemplate.ContainerSpec,
      Secrets: [
        { SecretID: 's2', SecretName: 'db_v2', File, Novelty: 7 },
        other,
        { SecretID: 's2', SecretName: 'db_v2', File: { ...File, Name: '/etc/copy' } },
      ],
    })
  })

  test('of a config too, and of a credential spec that comes out of it', () => {
    const Configs = [
      { ConfigID: 'c1', ConfigName: 'nginx_v1', File: { Name: '/etc/nginx.conf' } },
      { ConfigID: 'c1', ConfigName: 'nginx_v1', Runtime: {} },
    ]
    const Privileges = {
      CredentialSpec: { Config: 'c1', File: '' },
      NoNewPrivileges: true,
    }
    const { write, preview: seen } = look(
      { kind: 'swap', stored: 'config', from: 'c1', to: 'c2', toName: 'nginx_v2' },
      parts({
        document: aDocument(v2, {}, {}, { Configs, Privileges }),
        more: { configs: new Set(['c1', 'c2']) },
      }),
    )
    expect(
      write?.kind === 'update' && write.document.TaskTemplate.ContainerSpec,
    ).toMatchObject({
      Configs: [
        { ConfigID: 'c2', ConfigName: 'nginx_v2', File: { Name: '/etc/nginx.conf' } },
        { ConfigID: 'c2', ConfigName: 'nginx_v2', Runtime: {} },
      ],
      Privileges: { CredentialSpec: { Config: 'c2', File: '' }, NoNewPrivileges: true },
    })
    expect(seen.command).toContain('--credential-spec config://nginx_v2')
    expect(seen.sentence).toContain('at /etc/nginx.conf, its credential spec')
  })
})

describe('what is said', () => {
  test('names the line for a terminal, the files and the change', () => {
    const { preview: seen } = look(swap, parts())
    expect(seen.command).toBe(
      'docker service update --secret-rm db_v1' +
        ' --secret-add source=db_v2,target=db_password,uid=1000,gid=1000,mode=0400' +
        ' --secret-add source=db_v2,target=/etc/copy,uid=1000,gid=1000,mode=0400 web',
    )
    expect(seen.title).toBe('Swap secret db_v1 for db_v2 in web')
    expect(seen.button).toBe('Swap secret db_v1 for db_v2 in web (restarts 3)')
    expect(seen.sentence).toBe(
      'web finds db_v2 at /run/secrets/db_password, /etc/copy, where db_v1 was, 1 at a time, 2 s between, stop first, verified for 2 s. 3 tasks are replaced.',
    )
    expect(
      seen.changes.map(({ label, before, after }) => [label, before, after]),
    ).toContainEqual(['Secret at /run/secrets/db_password', 'db_v1', 'db_v2'])
    expect(seen.changes.every(({ restarts }) => restarts)).toBe(true)
    expect(seen.afterwards).toContain('needs secret db_v1')
  })

  test('a hostile name stays one word of the line', () => {
    const Secrets = [
      { SecretID: 's1', SecretName: 'a;rm -rf', File: { Name: "x'$(y)", Mode: 0o444 } },
    ]
    const { preview: seen } = look(
      swap,
      parts({ document: aDocument(v2, {}, {}, { Secrets }) }),
    )
    expect(seen.command).toBe(
      `docker service update --secret-rm 'a;rm -rf' --secret-add 'source=db_v2,target=x'\\''$(y),uid=0,gid=0,mode=0444' web`,
    )
  })
})

describe('checks', () => {
  const rows: readonly [string, Parts, Parts][] = [
    [
      'block nothing-refers',
      parts({ document: aDocument(), previous: aDocument(v1) }),
      parts(),
    ],
    [
      'block successor-missing',
      parts({ more: { secrets: new Set(['s1', 's9']) } }),
      parts(),
    ],
    ['warn secrets-unreadable', parts({ more: { secrets: null } }), parts()],
    ['warn no-health-check', parts({ service: { hasHealthCheck: false } }), parts()],
    ['info stack-file-lags', parts({ service: { stack: 'shop' } }), parts()],
    ['warn resumes-paused-update', parts({ update: 'paused', tasks: halfWay }), parts()],
    ['warn update-in-progress', parts({ update: 'updating' }), parts()],
    [
      'warn single-replica-outage',
      parts({ document: { ...document, ...replicas(1) } }),
      parts(),
    ],
    ['block read-only', parts({ more: { readOnly: true } }), parts()],
  ]
  test.each(rows)('%s', (check, here, not) => {
    expect(checksOf(swap, here)).toContain(check)
    expect(checksOf(swap, not)).not.toContain(check)
  })

  test('id and name that do not belong together are blocked', () => {
    const facts = someFacts(parts())
    const secrets = new Map([['s2', aStored('s2', { name: 'db_v3' })]])
    const seen = preview(swap, { ...facts, state: { ...facts.state, secrets } })
    expect(seen.preview.checks).toMatchObject([
      { id: 'successor-named-otherwise', level: 'block' },
      ...seen.preview.checks.slice(1),
    ])
    expect(seen.write).toBeNull()
  })

  test('that the successor does not exist yet hides none of the consequence', () => {
    const seen = look(swap, parts({ more: { secrets: new Set(['s1']) } }))
    expect(seen.preview).toMatchObject({ restarts: 3 })
    expect(seen.write).toBeNull()
  })
})
