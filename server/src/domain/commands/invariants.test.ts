import type { Asked } from '@skep/shared/contract/commands'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aDocument, digest, halfWay, someFacts, v1, v2 } from './commands.fixture.ts'
import { fieldsOf } from './json.ts'
import { preview } from './preview.ts'
import type { SpecDocument } from './spec-document.ts'

/** What holds for every command on every spec. */

const kinds: readonly Asked[] = [
  { kind: 'rollback' },
  { kind: 'resume' },
  { kind: 'scale', replicas: 7 },
  { kind: 'restart' },
  { kind: 'image', image: 'demo/web:v3' },
  { kind: 'settings', parallelism: 2, rollbackDelay: 5, maxFailureRatio: 0.3 },
  { kind: 'restore', version: 4 },
  { kind: 'swap', stored: 'secret', from: 's1', to: 's2', toName: 'db-v2' },
  { kind: 'remove' },
]
const asked = fc.constantFrom(...kinds)
const update = fc.constantFrom(
  undefined,
  'updating' as const,
  'paused' as const,
  'rollback_started' as const,
  'rollback_paused' as const,
  'rollback_completed' as const,
)

function facts(
  document: SpecDocument,
  at: NonNullable<Parameters<typeof someFacts>[0]>['update'],
  previous = aDocument(v1),
) {
  const more = {
    restored: { document: previous, version: 4, seenAt: '2026-01-01T00:00:00.000Z' },
    digest: { reference: 'demo/web:v3', digest: digest('3'), problem: null },
  }
  return someFacts({ document, previous, tasks: halfWay, more, ...(at && { update: at }) })
}

/** Where an engine may hang fields that this console has never heard of. */
const places = [
  [],
  ['TaskTemplate'],
  ['TaskTemplate', 'ContainerSpec'],
  ['TaskTemplate', 'Placement'],
  ['TaskTemplate', 'Resources'],
  ['Mode'],
  ['Mode', 'Replicated'],
  ['UpdateConfig'],
  ['RollbackConfig'],
  ['EndpointSpec'],
] as const

const novelty = fc.array(fc.jsonValue({ maxDepth: 2 }), {
  minLength: places.length,
  maxLength: places.length,
})

test('every write keeps the fields that it does not know', () => {
  fc.assert(
    fc.property(asked, update, novelty, (one, at, values) => {
      const bare = aDocument(v2, { EndpointSpec: {} }, { Placement: {}, Resources: {} })
      const document = places.reduce((spec, path, i) => hung(spec, path, values[i]), bare)
      const before = JSON.stringify(document)
      const { write } = preview(
        one,
        facts(document, at, one.kind === 'restore' ? document : undefined),
      )
      // Nothing that was handed in is changed on the way.
      expect(JSON.stringify(document)).toBe(before)
      if (write?.kind !== 'update') return
      for (const [i, path] of places.entries()) {
        const found = path.reduce<unknown>((at, name) => fieldsOf(at)[name], write.document)
        expect(fieldsOf(found).Novelty).toEqual(values[i])
      }
    }),
  )
}, 30_000)

function hung(spec: SpecDocument, path: readonly string[], value: unknown): SpecDocument {
  const copy = structuredClone(spec)
  let at: Record<string, unknown> = copy
  // The fixture has an object at each of these places.
  for (const name of path) at = at[name] as Record<string, unknown>
  at.Novelty = value
  return copy
}

test('no environment value, and nothing that looks like a credential, is in a preview', () => {
  const canary = fc
    .array(fc.constantFrom(...'abcdefgh0123456789'), { minLength: 6, maxLength: 12 })
    .map((letters) => `canary${letters.join('')}`)
  fc.assert(
    fc.property(asked, update, canary, canary, (one, at, secret, other) => {
      const seen = preview(one, facts(leaky(secret), at, leaky(other))).preview
      const text = JSON.stringify(seen)
      expect(text).not.toContain(secret)
      expect(text).not.toContain(other)
      expect(text).not.toContain('canary')
    }),
  )
}, 30_000)

/** A spec with credentials in all the places where people put them. */
const leaky = (secret: string): SpecDocument =>
  aDocument(
    v2,
    { Labels: { 'db.password': secret, url: `postgres://me:${secret}@db/app` } },
    {
      LogDriver: { Name: 'splunk', Options: { 'splunk-token': secret } },
      PluginSpec: { Env: [`A=${secret}`] },
    },
    {
      Env: [`A=${secret}`, `PLAIN=${secret}`],
      Command: ['mysql', `-p${secret}`],
      Args: ['--token', secret, `--api-key=${secret}`],
      Labels: { secret },
      Healthcheck: { Test: ['CMD-SHELL', `curl -H 'Authorization: Bearer ${secret}' x`] },
      Mounts: [
        {
          Type: 'volume',
          Target: '/data',
          VolumeOptions: {
            DriverConfig: {
              Options: { o: `username=me,password=${secret}`, password: secret },
            },
          },
        },
      ],
    },
  )

test('the guard agrees with the look: the same facts, the same basis and checks', () => {
  fc.assert(
    fc.property(asked, update, (one, at) => {
      const look = preview(one, facts(aDocument(), at))
      const guard = preview(structuredClone(one), facts(structuredClone(aDocument()), at))
      expect(guard).toEqual(look)
    }),
  )
}, 30_000)

test('another spec is another basis, for every command', () => {
  fc.assert(
    fc.property(asked, update, fc.string({ minLength: 1 }), (one, at, value) => {
      const changed = aDocument(v2, {}, {}, { Env: [`DB_PASSWORD=other-${value}`] })
      const before = preview(one, facts(aDocument(), at)).preview.basis
      expect(preview(one, facts(changed, at)).preview.basis).not.toBe(before)
    }),
  )
}, 30_000)

test('nothing is written while a check blocks, and something is when none does', () => {
  fc.assert(
    fc.property(asked, update, fc.boolean(), (one, at, readOnly) => {
      const { preview: seen, write } = preview(one, { ...facts(aDocument(), at), readOnly })
      const isBlocked = seen.checks.some(({ level }) => level === 'block')
      expect(write === null).toBe(isBlocked)
    }),
  )
}, 30_000)
