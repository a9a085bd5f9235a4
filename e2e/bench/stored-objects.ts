import { Agent } from 'node:http'
import { type StoredKind, storedKinds } from '@skep/shared/contract/stored'
import { callEngine } from './engine-api.ts'

/** Of each kind; a family has that many versions, and the newest is what its users name. */
export const storedCount = 2_000
const versions = 4
const families = storedCount / versions

const services = 100
/** Each service uses so many families of each kind, so that a family has several users. */
const used = 20

/** Calls under way at once: each is a write into the log of the managers. */
const lanes = 8

/** The most that a name of one of these columns says; together they name the families. */
const systems = 'billing search shop mail ledger media'.split(' ')
const purposes = 'db_password api_token tls_key session_salt flags routes theme'.split(' ')

type Made = ReadonlyMap<string, string>
type Ask = <T>(method: string, path: string, body?: object) => Promise<T>

/**
 * Fills a swarm with 2,000 secrets and 2,000 configs, in families of four versions, and with
 * services without tasks that were updated from the third versions to the fourth: those are
 * used by four services each, those before them by as many rollback targets, and the oldest
 * by nobody. Through the Engine API of one manager.
 */
export async function fillWithStored(socketPath: string): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: lanes })
  const ask: Ask = (method, path, body) =>
    callEngine({ agent, socketPath, method, path }, body)
  try {
    const made = { secret: await make('secret', ask), config: await make('config', ask) }
    await inLanes(services, (number) => useThem(number, made, ask))
  } finally {
    agent.destroy()
  }
}

const familyName = (number: number) =>
  [
    systems[number % systems.length],
    purposes[number % purposes.length],
    `x${Math.floor(number / (systems.length * purposes.length))}`,
  ].join('_')

const nameOf = (family: number, version: number) => `${familyName(family)}_v${version}`

async function make(kind: StoredKind, ask: Ask): Promise<Made> {
  const ids = new Map<string, string>()
  const text = 'listen: 8080\n'.repeat(kind === 'config' ? 80 : 2)
  await inLanes(storedCount, async (number) => {
    const family = number % families
    const Name = nameOf(family, 1 + Math.floor(number / families))
    const Labels = {
      'com.docker.stack.namespace': systems[family % systems.length],
      owner: `team-${family % 9}`,
    }
    const Data = Buffer.from(`# ${Name}\n${text}`).toString('base64')
    const { ID } = await ask<{ ID: string }>('POST', `/${kind}s/create`, {
      Name,
      Labels,
      Data,
    })
    ids.set(Name, ID)
  })
  return ids
}

async function useThem(
  number: number,
  made: Readonly<Record<StoredKind, Made>>,
  ask: Ask,
): Promise<void> {
  const Name = `user-${number}`
  const spec = (version: number) => ({
    Name,
    Mode: { Replicated: { Replicas: 0 } },
    TaskTemplate: {
      ContainerSpec: {
        Image: 'registry.lab:5000/demo/idle:v1',
        ...Object.fromEntries(
          storedKinds.map((kind) => [
            kind === 'secret' ? 'Secrets' : 'Configs',
            Array.from({ length: used }, (_, i) =>
              reference(kind, (number * used + i) % families, version, made[kind]),
            ),
          ]),
        ),
      },
    },
  })
  const { ID } = await ask<{ ID: string }>('POST', '/services/create', spec(versions - 1))
  const { Version } = await ask<{ Version: { Index: number } }>('GET', `/services/${ID}`)
  await ask('POST', `/services/${ID}/update?version=${Version.Index}`, spec(versions))
}

function reference(kind: StoredKind, family: number, version: number, ids: Made) {
  const name = nameOf(family, version)
  const word = kind === 'secret' ? 'Secret' : 'Config'
  return {
    [`${word}ID`]: ids.get(name),
    [`${word}Name`]: name,
    File: { Name: familyName(family), UID: '0', GID: '0', Mode: 0o444 },
  }
}

async function inLanes(count: number, act: (number: number) => Promise<void>) {
  let next = 0
  const lane = async () => {
    while (next < count) await act(next++)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}
