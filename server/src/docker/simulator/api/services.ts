import { modeOf } from '../orchestrator/modes.ts'
import type { Service } from '../store/objects.ts'
import { type Call, EMPTY, flag, json } from './call.ts'
import { type Filters, filtersOf, matchesLabels, matchesPrefix } from './filters.ts'
import { find, versionOf } from './find.ts'
import { serviceText, withField } from './render.ts'
import type { Routes } from './router.ts'
import { insertDefaults } from './service-defaults.ts'
import { serviceStatus } from './service-status.ts'
import { createService, updateService } from './service-writes.ts'

const FULL_ID = 25

/** @see moby/moby daemon/cluster/services.go GetServices */
const FILTERS = ['name', 'id', 'label', 'mode', 'runtime']

export const SERVICE_ROUTES: Routes = {
  'GET /services': ({ swarm, query }) => {
    const filters = filtersOf(query, FILTERS)
    const found = matching(swarm.store.services, filters)
    const status = flag(query, 'status')
    const texts = found.map((service) => {
      const text = serviceText(service)
      if (!status) return text
      return withField(text, 'ServiceStatus', serviceStatus(swarm.store, service))
    })
    return { kind: 'text', status: 200, body: `[${texts.join(',')}]\n` }
  },

  'POST /services/create': (call) => {
    const { ID } = createService(call.swarm, call.body)
    return json({ ID, Warnings: null }, 201)
  },

  'GET /services/{}': ({ swarm, params: [text = ''], query }) => {
    const service = find(swarm.store.services, 'service', text)
    if (flag(query, 'insertDefaults')) return json(insertDefaults(service))
    return { kind: 'text', status: 200, body: `${serviceText(service)}\n` }
  },

  'POST /services/{}/update': ({ swarm, params: [text = ''], query, body }) => {
    const version = versionOf(query, 'service')
    updateService(swarm, {
      name: text,
      version,
      body,
      rollback: query.get('rollback') ?? '',
      registryAuthFrom: query.get('registryAuthFrom') ?? '',
    })
    return json({ Warnings: null })
  },

  'DELETE /services/{}': ({ swarm, params: [text = ''] }: Call) => {
    const { ID } = find(swarm.store.services, 'service', text)
    swarm.store.remove('service', ID)
    return EMPTY
  },
}

function matching(
  services: Call['swarm']['store']['services'],
  filters: Filters,
): Service[] {
  const ids = filters.get('id')
  const candidates = ids?.every((id) => id.length === FULL_ID)
    ? [...new Set(ids)].sort().flatMap((id) => services.get(id) ?? [])
    : [...services.sorted()]
  return candidates.filter(
    ({ ID, Spec }) =>
      matchesPrefix(ids, ID) &&
      matchesPrefix(filters.get('name'), Spec.Name) &&
      matchesLabels(filters.get('label'), Spec.Labels) &&
      (filters.get('mode')?.includes(modeOf(Spec)) ?? true),
  )
}
