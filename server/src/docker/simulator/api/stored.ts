import { isDeepStrictEqual } from 'node:util'
import type { Service, Stored } from '../store/objects.ts'
import type { Table } from '../store/table.ts'
import { type Call, EMPTY, json, NO_CONTENT } from './call.ts'
import { fieldsOf, labelsOf, textOf } from './fields.ts'
import { filtersOf, matchesLabels, matchesPrefix } from './filters.ts'
import { find, versionOf } from './find.ts'
import { invalid, outOfSequence, rpc } from './problem.ts'
import { configShown, secretShown } from './render.ts'
import type { Routes } from './router.ts'

type Kind = 'secret' | 'config'

const NAME = /^[a-zA-Z0-9]+(?:[a-zA-Z0-9-_.]*[a-zA-Z0-9])?$/

/** Bytes; the payload must be smaller. @see moby/swarmkit api/validation/secrets.go */
const LIMITS = { secret: 512_000, config: 1_024_000 } as const

const FILTERS = {
  secret: ['name', 'names', 'id', 'label'],
  config: ['name', 'id', 'label'],
} as const

export const STORED_ROUTES: Routes = { ...routesOf('secret'), ...routesOf('config') }

function routesOf(kind: Kind): Routes {
  const shown = kind === 'secret' ? secretShown : configShown
  const place = `/${kind}s`
  const table = ({ swarm }: Call): Table<Stored> =>
    kind === 'secret' ? swarm.store.secrets : swarm.store.configs
  const pick = (call: Call) => find(table(call), kind, call.params[0] ?? '')

  return {
    [`GET ${place}`]: (call) => {
      const filters = filtersOf(call.query, FILTERS[kind])
      const found = [...table(call).sorted()].filter(
        ({ ID, Spec }) =>
          matchesPrefix(filters.get('id'), ID) &&
          matchesPrefix(filters.get('name'), Spec.Name) &&
          (filters.get('names')?.includes(Spec.Name) ?? true) &&
          matchesLabels(filters.get('label'), Spec.Labels),
      )
      return json(found.map(shown))
    },

    [`GET ${place}/{}`]: (call) => json(shown(pick(call))),

    [`POST ${place}/create`]: (call) => {
      const { Name, Labels, Data, Driver, Templating } = fieldsOf(call.body)
      const name = textOf(Name)
      const data = textOf(Data)
      checkName(name)
      if (kind === 'config' || !Driver) checkSize(kind, data)
      else throw rpc('Unknown', `plugin "${textOf(fieldsOf(Driver).Name)}" not found`)
      if (table(call).by('name', name).length > 0) {
        throw rpc('AlreadyExists', `${kind} ${name} already exists`)
      }
      const { ID } = call.swarm.store.create(kind, {
        ID: call.swarm.random.id(),
        Spec: {
          Name: name,
          Labels: labelsOf(Labels),
          ...(Templating ? { Templating } : {}),
        },
        hidden: { data },
      })
      return json({ ID }, 201)
    },

    [`POST ${place}/{}/update`]: (call) => {
      const version = versionOf(call.query, kind)
      const stored = pick(call)
      const { Name, Labels, Data, Driver, Templating } = fieldsOf(call.body)
      const same =
        textOf(Name) === stored.Spec.Name &&
        (!Data || textOf(Data) === stored.hidden.data) &&
        isDeepStrictEqual(Driver ?? null, stored.Spec.Driver ?? null) &&
        isDeepStrictEqual(Templating ?? null, stored.Spec.Templating ?? null)
      if (!same) throw invalid('only updates to Labels are allowed')
      if (version !== stored.Version.Index) throw outOfSequence()
      call.swarm.store.update(kind, stored.ID, (old) => ({
        ...old,
        Spec: { ...old.Spec, Labels: labelsOf(Labels) },
      }))
      return EMPTY
    },

    [`DELETE ${place}/{}`]: (call) => {
      const { ID, Spec } = pick(call)
      const users = [...call.swarm.store.services.values()].filter((s) => uses(s, kind, ID))
      if (users.length > 0) throw inUse(kind, Spec.Name, users)
      call.swarm.store.remove(kind, ID)
      return NO_CONTENT
    },
  }
}

function checkName(name: string): void {
  if (name === '') throw invalid('name must be provided')
  if (name.length > 64 || !NAME.test(name)) {
    throw invalid(
      'invalid name, only 64 [a-zA-Z0-9-_.] characters allowed, and the start and end character must be [a-zA-Z0-9]',
    )
  }
}

function checkSize(kind: Kind, data: string): void {
  const size = Buffer.from(data, 'base64').length
  const limit = LIMITS[kind]
  if (size > 0 && size < limit) return
  throw invalid(`${kind} data must be larger than 0 and less than ${limit} bytes`)
}

/** Only the current spec counts. @see moby/swarmkit manager/controlapi/secret.go */
function uses({ Spec }: Service, kind: Kind, id: string): boolean {
  const { Secrets = [], Configs = [] } = Spec.TaskTemplate.ContainerSpec ?? {}
  return kind === 'secret'
    ? Secrets.some(({ SecretID }) => SecretID === id)
    : Configs.some(({ ConfigID }) => ConfigID === id)
}

function inUse(kind: Kind, name: string, users: readonly Service[]) {
  const names = users.map(({ Spec }) => Spec.Name).join(', ')
  const services = users.length > 1 ? 'services' : 'service'
  return invalid(`${kind} '${name}' is in use by the following ${services}: ${names}`)
}
