import type { Attention } from '@skep/shared/contract/attention'
import type { Node as NodeView } from '@skep/shared/contract/node'
import type { Verdict } from '@skep/shared/contract/service'
import { SwarmState } from '@skep/shared/contract/swarm'
import { describe, expect, test } from 'vitest'
import { aService, aState, aTask } from './entities.fixture.ts'
import { overview } from './overview.ts'
import { countsOf } from './overview-counts.ts'
import { createProjector } from './projection.ts'

const state = aState({
  services: [aService()],
  tasks: [1, 2, 3].map((slot) => aTask({ id: `t${slot}`, slot })),
})
const view = createProjector().project(state, 60_000)
const [web] = Object.values(view.services)
const [node] = Object.values(view.nodes)
if (!web || !node) throw new Error('the view is empty')

const service = (verdict: Verdict, name = 'web') => ({
  ...web,
  name,
  convergence: { ...web.convergence, verdict },
})
const alarm = (tone: Attention['tone'], name = 'web'): Attention => ({
  id: name,
  kind: 'service-down',
  tone,
  subject: { kind: 'service', name },
  title: '',
  detail: '',
  cause: null,
  since: null,
})
type Scene = {
  verdicts?: Verdict[]
  nodes?: NodeView[]
  attention?: Attention[]
  settling?: boolean
}
const of = ({ verdicts = [], nodes = [node], attention = [], settling = false }: Scene) => {
  const services = verdicts.map((verdict, i) => service(verdict, `web${i}`))
  const counts = countsOf(services, nodes, attention)
  return overview(view.swarm, counts, attention, settling)
}

describe('the answer', () => {
  test.each<Scene & { answer: string; why: string }>([
    {
      verdicts: ['converged', 'complete'],
      answer: 'ok: Everything is converged.',
      why: 'it is',
    },
    { answer: 'neutral: No services yet.', why: 'nothing is not everything' },
    {
      verdicts: ['converged', 'verifying', 'updating'],
      answer: 'progress: 2 services in motion.',
      why: 'some are on their way',
    },
    {
      verdicts: ['converging'],
      nodes: [{ ...node, status: 'draining' }],
      answer: 'progress: 1 service and 1 node in motion.',
      why: 'so is a node',
    },
    {
      verdicts: ['down', 'degraded'],
      attention: [alarm('warning', 'web1'), alarm('critical', 'web0')],
      answer: 'critical: 2 things need you.',
      why: 'the gravest sets the tone',
    },
    {
      verdicts: ['paused', 'updating'],
      attention: [alarm('warning', 'web0')],
      answer: 'warning: 1 thing needs you.',
      why: 'whatever else moves',
    },
    {
      verdicts: ['converged'],
      attention: [alarm('neutral')],
      answer: 'ok: Everything is converged.',
      why: 'posture never outranks what is live',
    },
    {
      verdicts: ['converged', 'unknown'],
      answer: 'neutral: 1 service is out of sight.',
      why: 'what is not seen is not green',
    },
    {
      verdicts: ['converged', 'rolled-back'],
      answer: 'neutral: Nothing needs you; 1 service is rolled back.',
      why: 'nor is a rollback',
    },
    {
      verdicts: ['converged'],
      settling: true,
      answer: `progress: ${view.swarm.sentence}`,
      why: 'nodes have yet to report to a new leader',
    },
  ])('$answer $why', ({ answer, why: _, ...scene }) => {
    const { tone, sentence } = of(scene)
    expect(`${tone}: ${sentence}`).toBe(answer)
  })

  test.each(SwarmState.options.filter((state) => state !== 'live'))(
    'while %s is never ok',
    (to) => {
      const seen = createProjector().project(
        aState({ services: [aService()], swarm: { state: to } }),
        0,
      )
      expect(seen.overview.tone).not.toBe('ok')
      expect(seen.overview.sentence).toContain(seen.swarm.sentence)
      expect(seen.overview.sentence).toMatch(/not known|Nothing is known/)
    },
  )
})

describe('the counts', () => {
  test('put every service but one rolled back by hand in one place', () => {
    const verdicts: Verdict[] = [
      'converged',
      'scaled-to-zero',
      'updating',
      'down',
      'unknown',
    ]
    expect(of({ verdicts: [...verdicts, 'rolled-back'] }).services).toEqual({
      total: 6,
      converged: 2,
      inMotion: 1,
      needYou: 1,
      unknown: 1,
    })
  })

  test('count a service that needs somebody as such, whatever its verdict', () => {
    const counts = of({
      verdicts: ['updating'],
      attention: [alarm('warning', 'web0')],
    }).services
    expect(counts).toMatchObject({ inMotion: 0, needYou: 1 })
  })

  test('count nodes by status', () => {
    const statuses = ['ready', 'draining', 'drained', 'down', 'paused', 'unknown'] as const
    const nodes = statuses.map((status) => ({ ...node, status }))
    expect(of({ nodes }).nodes).toEqual({
      total: 6,
      ready: 1,
      draining: 2,
      down: 1,
      other: 2,
    })
  })

  test('count tasks that are to run for good', () => {
    const job = { ...service('running-job'), mode: 'replicated-job' as const }
    const counts = countsOf([service('converged'), job], [], [])
    expect(counts.tasks).toEqual({ running: 3, desired: 3 })
  })
})
