import { SpecSummary } from '@skep/shared/contract/spec-summary'
import { expect, test } from 'vitest'
import {
  aMount,
  aNetwork,
  aPrevious,
  aReference,
  aService,
  aSpec,
  aState,
} from './entities.fixture.ts'
import { instant } from './instant.ts'
import { specSummary } from './spec-summary.ts'

const service = aService({
  networkIds: ['net1', 'abcdefghijklmnop'],
  previous: aPrevious(),
  spec: aSpec({
    command: ['app', '--password=hunter2'],
    environment: ['DB_PASSWORD', 'MODE'],
    healthCheck: 'redis-cli -a hunter2 ping',
    labels: { owner: 'ann', 'api.key': 'hunter2' },
    mounts: [aMount()],
    secrets: [aReference('s1', { name: 'db_pw', target: 'pw' })],
  }),
})
const state = aState({ services: [service], networks: [aNetwork({ name: 'front' })] })

test('a spec is shown as asked, by names, and no credential with it', () => {
  const summary = specSummary(state, service, instant(0))
  expect(SpecSummary.parse(summary)).toEqual(summary)
  expect(summary).toMatchObject({
    service: 'web',
    command: ['app', '--password=•••'],
    commandHidden: true,
    environment: ['DB_PASSWORD', 'MODE'],
    networks: ['abcdefghijkl', 'front'],
    labels: { owner: 'ann', 'api.key': '•••' },
    rollbackTarget: { image: 'demo/web:v0' },
  })
  expect(JSON.stringify(summary)).not.toContain('hunter2')
})

test('a service without a previous spec has nothing to roll back to', () => {
  const first = { ...service, previous: null }
  expect(specSummary(state, first, instant(0)).rollbackTarget).toBeNull()
})
