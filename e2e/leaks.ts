import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { storedKinds } from '@skep/shared/contract/stored'
import { api, pages } from '@skep/shared/paths'
import { formsOf } from '../server/src/value-forms.fixture.ts'
import type { Console } from './console.ts'
import type { Ear } from './ear.ts'

/** What the browser is given to run. */
const bundle = join(import.meta.dirname, '../web/dist')

type Kept = {
  /** Every value that the story handed over. */
  values: readonly string[]
  /** Where one may be found all the same, such as in the answer to who asked for it. */
  allowed?: (where: string) => boolean
  /** What the console does tell of, and writes down: the same search must find it. */
  control: string
}

/** At the end of a story: fails where a console told or kept one of its values. */
export async function expectKept(
  skep: Console,
  ear: Ear,
  { values, allowed = () => false, control }: Kept,
): Promise<void> {
  const found = await leaksOf(skep, values, ear)
  expect(found.filter((where) => !allowed(where))).toEqual([])
  const told = await leaksOf(skep, [control], ear)
  expect(told.some((where) => where.startsWith('skep.db'))).toBe(true)
  const { said } = await ear.heard()
  if (said.length > 1)
    expect(told.some((where) => where.startsWith('the answer to'))).toBe(true)
  expect(await leaksOf(skep, ['"services"'], ear)).toContain('the stream, all of it')
}

/**
 * Searches all that a console tells and keeps for what must be in none of it: its answers,
 * the first frame of its stream, its log, the pages of its database, its bundle, and what
 * was heard of it meanwhile. Answers where each value was found, however it was written.
 * Throws where an answer was a text that could not be read.
 */
export async function leaksOf(
  skep: Console,
  values: readonly string[],
  ear: Ear,
): Promise<string[]> {
  const forms = values.flatMap(formsOf)
  const found: string[] = []
  let searched = 0
  const { said, unread } = await ear.heard()
  if (unread.length > 0) throw new Error(`could not be read: ${unread.join(', ')}`)
  for await (const [where, bytes] of everything(skep, said)) {
    searched += bytes.byteLength
    if (forms.some((form) => bytes.includes(form))) found.push(where)
  }
  if (searched < 10_000) throw new Error(`only ${searched} bytes were searched`)
  return found
}

async function* everything(
  skep: Console,
  said: readonly [string, Buffer][],
): AsyncGenerator<[string, Buffer]> {
  yield* said
  yield ['the log', skep.log()]
  for (const file of await readdir(skep.dataDir)) {
    yield [file, await readFile(join(skep.dataDir, file))]
  }
  for (const file of await readdir(bundle, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue
    yield [file.name, await readFile(join(file.parentPath, file.name))]
  }
  yield ['the stream', await firstFrame(skep.url + api.stream())]
  for (const path of await addresses(skep)) {
    yield [path, Buffer.from(await (await fetch(skep.url + path)).arrayBuffer())]
  }
}

async function addresses(skep: Console): Promise<string[]> {
  const { services, nodes } = await skep.cluster()
  const rotations = (await (await fetch(skep.url + api.rotations())).json()) as {
    items: { id: string; consumers: { service: string }[] }[]
  }
  return [
    pages.now(),
    api.cluster(),
    api.stored('secret'),
    api.stored('config'),
    api.storedIndex('secret'),
    api.storedIndex('config'),
    api.volumes(),
    api.rotations(),
    api.operations(),
    api.journal(),
    api.stateful(),
    api.openapi(),
    ...rotations.items.flatMap(({ id, consumers }) => [
      api.rotation(id),
      api.rotationEvidence(id),
      api.rotationAct(id, 'resume'),
      api.rotationAct(id, 'retire'),
      ...consumers.map(
        ({ service }) => `${api.rotationAct(id, 'rollback')}?service=${service}`,
      ),
    ]),
    ...Object.keys(services).flatMap((name) => [
      api.serviceTasks(name),
      api.serviceSpec(name),
      api.serviceVersions(name),
      api.serviceCommand(name, 'rollback'),
      api.servicePlacement(name),
      api.serviceStatefulness(name),
    ]),
    ...Object.keys(nodes).flatMap((name) => [
      api.nodeCommand(name, 'drain'),
      api.nodeCommand(name, 'remove'),
    ]),
    ...(await storedAddresses(skep)),
  ]
}

/** What is told of each secret and config, and would be done with it. */
async function storedAddresses(skep: Console): Promise<string[]> {
  const lists = await Promise.all(
    storedKinds.map(async (kind) => {
      const { items } = (await (await fetch(skep.url + api.stored(kind))).json()) as {
        items: { name: string; family: string }[]
      }
      return items.flatMap(({ name, family }) => [
        api.storedOne(kind, name),
        api.storedRemove(kind, name),
        api.storedRotate(kind, name),
        api.storedPrune(kind, family),
        ...(kind === 'config' ? [api.configContent(name)] : []),
      ])
    }),
  )
  return lists.flat()
}

async function firstFrame(url: string): Promise<Buffer> {
  const gone = new AbortController()
  const stream = await fetch(url, { signal: gone.signal })
  const parts: Buffer[] = []
  for await (const part of stream.body ?? []) {
    parts.push(Buffer.from(part))
    if (Buffer.concat(parts).includes('\n\n')) break
  }
  gone.abort()
  return Buffer.concat(parts)
}
