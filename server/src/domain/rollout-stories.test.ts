import type { Rollout } from '@skep/shared/contract/rollout'
import type { Service, UpdateState } from '@skep/shared/contract/service'
import { describe, expect, test } from 'vitest'
import { createProjector } from './projection.ts'
import { replay } from './recording.fixture.ts'
import { watch } from './watch.fixture.ts'

/** Every recorded rollout of real engines, told by the panel. */
const stories = [
  { story: 'rollout-stop-first', end: 'completed', verdict: 'converged' },
  { story: 'rollout-start-first', end: 'completed', verdict: 'converged' },
  { story: 'slow-start', end: 'completed', verdict: 'converged' },
  { story: 'update-kinds', end: 'completed', verdict: 'converged' },
  { story: 'after-pause-fix', end: 'completed', verdict: 'converged' },
  { story: 'bad-crash-pause', end: 'paused', verdict: 'paused' },
  { story: 'bad-nosuchtag-pause', end: 'paused', verdict: 'paused' },
  { story: 'unhealthy-pause', end: 'paused', verdict: 'paused' },
  { story: 'bad-crash-rollback', end: 'rollback_completed', verdict: 'rolled-back' },
  { story: 'bad-nosuchtag-rollback', end: 'rollback_completed', verdict: 'rolled-back' },
  { story: 'unhealthy-rollback', end: 'rollback_completed', verdict: 'rolled-back' },
  { story: 'rollback-manual', end: 'rollback_completed', verdict: 'rolled-back' },
  { story: 'rollback-of-rollback', end: 'rollback_completed', verdict: 'rolled-back' },
  // The swarm says `completed`, and nothing runs.
  { story: 'bad-crash-continue', end: 'completed', verdict: 'down' },
  { story: 'bad-nosuchtag-continue', end: 'completed', verdict: 'down' },
] satisfies {
  story: string
  end: UpdateState
  verdict: Service['convergence']['verdict']
}[]

const recordings = [
  ...stories.flatMap(({ story, ...ends }) =>
    [20, 28].map((engine) => ({ recording: `${story}-${engine}`, ...ends })),
  ),
  {
    recording: 'rollback-paused-20',
    end: 'rollback_paused',
    verdict: 'rollback-paused',
  },
]

const shown = {
  updating: { kind: 'update', state: 'running' },
  paused: { kind: 'update', state: 'paused' },
  rollback_started: { kind: 'rollback', state: 'running' },
  rollback_paused: { kind: 'rollback', state: 'paused' },
  completed: null,
  rollback_completed: null,
} as const

const webOf = (recording: string) =>
  watch(recording).flatMap(({ now, view }) => {
    const web = view.services.web
    return web ? [{ now, web }] : []
  })

const rolloutsOf = (recording: string) =>
  webOf(recording).flatMap(({ now, web }) =>
    web.rollout ? [{ now, rollout: web.rollout }] : [],
  )

describe.each(recordings)('$recording', ({ recording, end, verdict }) => {
  test(`ends ${verdict}, as the engine ended ${end}`, () => {
    const all = webOf(recording)
    const recorded = replay(recording).at(-1)?.now ?? 0
    // What ran when a recording of a crash loop ended would not have lasted.
    const seen = verdict === 'down' ? all.filter(({ now }) => now <= recorded) : all
    const last = seen.at(-1)?.web
    expect(last?.update?.state).toBe(end)
    expect(last?.convergence.verdict).toBe(verdict)
    for (const { web } of all) {
      const { kind, state } = web.rollout ?? {}
      const expected = web.update && shown[web.update.state]
      expect(web.rollout ? { kind, state } : null).toEqual(expected)
    }
  })

  test('its lanes add up, agree with its slots, and count no failure twice', () => {
    for (const { web } of webOf(recording)) {
      const { rollout, slots } = web
      const phases = slots.flatMap(({ phase }) => phase ?? [])
      if (!rollout) {
        expect(phases).toEqual([])
        continue
      }
      const { toUpdate, inFlight, verifying, updated, total } = rollout.lanes
      const count = (phase: string) => phases.filter((each) => each === phase).length
      expect(toUpdate + inFlight + verifying + updated).toBe(total)
      expect([toUpdate, inFlight, verifying, updated]).toEqual(
        ['to-update', 'in-flight', 'verifying', 'updated'].map(count),
      )
      expect(rollout.failures.seen).toBeLessThanOrEqual(total - notDirty(web))
      expect(verifying > 0).toBe(rollout.verifyingUntil !== null)
    }
  })

  test('whoever opens it halfway sees what whoever watched sees', () => {
    const watching = createProjector()
    let before: Rollout | null = null
    for (const { now, state } of replay(recording)) {
      const watched = watching.project(state, now)
      const rollout = watched.services.web?.rollout ?? null
      // What is the same is the very same, or it would be sent again.
      if (JSON.stringify(rollout) === JSON.stringify(before)) expect(rollout).toBe(before)
      before = rollout
      const fresh = createProjector().project(state, now)
      expect(watched.services.web?.rollout).toEqual(fresh.services.web?.rollout)
      expect(watched.services.web?.slots).toEqual(fresh.services.web?.slots)
      expect(watched.wakeAt).toBe(fresh.wakeAt)
    }
  })

  test('says nothing new until a fact changes or an instant is reached', () => {
    const moments = replay(recording)
    const watching = createProjector()
    for (const [i, { now, state }] of moments.entries()) {
      const first = watching.project(state, now)
      const until = Math.min(first.wakeAt ?? Infinity, moments[i + 1]?.now ?? now + 1000)
      const later = createProjector().project(state, until - 1)
      if (until - 1 <= now) continue
      expect(later.services.web?.rollout).toEqual(first.services.web?.rollout)
    }
  })
})

/** Slots that were on the current spec before, as far as the lanes tell: none that failed. */
const notDirty = ({ slots }: Service) =>
  slots.filter(({ phase, restarts }) => phase === 'updated' && restarts === 0).length

const lanes = ({ lanes: { toUpdate, inFlight, verifying, updated } }: Rollout) =>
  [toUpdate, inFlight, verifying, updated].join(' ')

const told = (recording: string) => {
  const lines = rolloutsOf(recording).map(({ rollout }) => {
    const { n, of } = rollout.wave ?? { n: 1, of: 1 }
    return `${rollout.kind} ${lanes(rollout)}, wave ${n} of ${of}`
  })
  return lines.filter((line, i) => line !== lines[i - 1])
}

test('stop-first, slot by slot through the lanes', () => {
  expect(told('rollout-stop-first-28')).toEqual([
    'update 2 1 0 0, wave 1 of 3',
    'update 2 0 1 0, wave 2 of 3',
    'update 1 1 0 1, wave 2 of 3',
    'update 1 0 1 1, wave 3 of 3',
    'update 1 0 0 2, wave 3 of 3',
    'update 0 1 0 2, wave 3 of 3',
    'update 0 0 1 2, wave 3 of 3',
    'update 0 0 0 3, wave 3 of 3',
  ])
})

test('the swarm takes back one slot, the others never left', () => {
  expect(told('bad-crash-rollback-20')).toEqual([
    'update 2 1 0 0, wave 1 of 3',
    'update 2 0 1 0, wave 2 of 3',
    'rollback 1 0 0 2, wave 3 of 3',
    'rollback 0 1 0 2, wave 3 of 3',
    'rollback 0 0 1 2, wave 3 of 3',
    'rollback 0 0 0 3, wave 3 of 3',
  ])
})

test.each([
  ['bad-crash-rollback-20', true],
  ['bad-nosuchtag-rollback-28', true],
  ['unhealthy-rollback-20', true],
  ['rollback-manual-20', false],
  ['rollback-of-rollback-28', false],
  ['rollback-paused-20', false],
])('%s: begun by the swarm: %s', (recording, automatic) => {
  const back = rolloutsOf(recording).filter(({ rollout }) => rollout.kind === 'rollback')
  expect(back.length).toBeGreaterThan(0)
  expect(back.map(({ rollout }) => rollout.automatic)).toEqual(back.map(() => automatic))
})

test.each([
  ['bad-crash-pause-28', '1 attempt failed, it is tried again', 'task: non-zero exit (1)'],
  [
    'bad-nosuchtag-pause-20',
    'its image cannot be pulled (2 attempts), it is tried again',
    'No such image: registry.lab:5000/demo/web:nosuchtag',
  ],
  ['unhealthy-pause-28', '1 attempt failed, it is tried again', null],
  [
    'unhealthy-pause-20',
    '1 attempt failed, it is tried again',
    'task: non-zero exit (143): dockerexec: unhealthy container',
  ],
  ['rollback-paused-20', '1 attempt failed, it is tried again', 'task: non-zero exit (1)'],
])('%s: paused with one failure seen, and the slot is named', (recording, why, cause) => {
  const paused = rolloutsOf(recording).filter(({ rollout: { stuck } }) => stuck.length > 0)
  const { rollout } = paused.at(-1) ?? {}
  expect(rollout).toMatchObject({
    state: 'paused',
    failures: { seen: 1, tolerated: 0, action: 'pause' },
    finish: null,
    stuck: [{ why, cause }],
  })
})

test('failures that do not stop it are still seen', () => {
  const last = rolloutsOf('bad-crash-continue-28').at(-1)?.rollout
  expect(last?.failures).toEqual({ seen: 3, tolerated: null, action: 'continue' })
  expect(last?.finish).toBeNull()
})

test('start-first: old and new run side by side', () => {
  const counts = rolloutsOf('rollout-start-first-28').map(({ rollout: { versions } }) =>
    versions.reduce((sum, { running }) => sum + running, 0),
  )
  expect(Math.min(...counts)).toBe(3)
  expect(Math.max(...counts)).toBe(4)
})

test.each(recordings.filter(({ end }) => end.endsWith('completed')))(
  '$recording: the end that was told is where it ended',
  ({ recording }) => {
    const all = webOf(recording)
    let told = 0
    for (const [i, { web }] of all.entries()) {
      const { finish, lanes } = web.rollout ?? {}
      const next = all
        .slice(i)
        .find((later) => later.web.update?.state !== web.update?.state)
      if (!finish || !next?.web.update?.state.endsWith('completed')) continue
      // The recorder looked seven times a second, and no two slots took quite the same time.
      const isLast = lanes?.toUpdate === 0 && lanes.inFlight === 0
      const slack = isLast ? 1000 : 2500
      const latest = finish.latest === null ? Infinity : Date.parse(finish.latest)
      expect(Date.parse(finish.earliest)).toBeLessThanOrEqual(next.now + slack)
      expect(latest).toBeGreaterThanOrEqual(next.now - slack)
      told += 1
    }
    expect(told).toBeGreaterThan(0)
  },
)
