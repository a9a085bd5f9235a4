import type { Rotation } from '@skep/shared/contract/rotation'
import type { Stored, StoredKind, StoredList } from '@skep/shared/contract/stored'
import { api } from '@skep/shared/paths'
import { post } from './commanding.ts'
import type { Console } from './console.ts'
import type { Lab } from './lab/lab.ts'

/** Makes a secret or config as somebody at a shell does. */
export const createStored = (
  lab: Lab,
  kind: StoredKind,
  name: string,
  value: string | Uint8Array,
): Promise<unknown> =>
  lab.api('m1', 'POST', `/${kind}s/create`, {
    Name: name,
    Data: Buffer.from(value).toString('base64'),
  })

/** One of them, as the console tells; undefined while it knows of none of that name. */
export async function named(
  skep: Console,
  kind: StoredKind,
  name: string,
): Promise<Stored | undefined> {
  return (await all(skep, kind)).find((one) => one.name === name)
}

/** Every rotation that the console tells of, the latest first. */
export async function rotations(skep: Console): Promise<Rotation[]> {
  const answer = await fetch(skep.url + api.rotations())
  return ((await answer.json()) as { items: Rotation[] }).items
}

/** Ends what is open and removes every secret and config; whether the console saw it. */
export async function forget(lab: Lab, skep: Console): Promise<boolean> {
  for (const { id, endedAt } of await rotations(skep)) {
    if (endedAt === null) await post(skep, api.rotationAct(id, 'abandon'), {})
  }
  let seen = 0
  for (const kind of ['secret', 'config'] as const) {
    const held = (await lab.api('m1', 'GET', `/${kind}s`)) as { ID: string }[]
    for (const { ID } of held) await lab.api('m1', 'DELETE', `/${kind}s/${ID}`)
    seen += (await all(skep, kind)).length
  }
  return seen === 0
}

async function all(skep: Console, kind: StoredKind): Promise<Stored[]> {
  const answer = await fetch(skep.url + api.stored(kind))
  return ((await answer.json()) as StoredList).items // The console checks it against its schema.
}
