import type { CommandKind } from '@skep/shared/contract/preview'
import { describe, expect, test } from 'vitest'
import { instant } from './instant.ts'
import { outcome } from './outcome.ts'
import { epoch, type Moment, replay } from './recording.fixture.ts'
import type { ClusterState } from './state.ts'

/**
 * Commands as real engines carried them out: what each came to, and that nothing was judged
 * before its time. A spec is told by its image here.
 */
const stories: { recording: string; kind?: CommandKind; wrote: string; is: string }[] = [
  ...['20', '28'].flatMap((engine) => [
    { recording: `rollout-stop-first-${engine}`, wrote: 'web:v2', is: 'converged' },
    { recording: `rollout-start-first-${engine}`, wrote: 'web:v2', is: 'converged' },
    { recording: `slow-start-${engine}`, wrote: 'web:slow', is: 'converged' },
    { recording: `bad-crash-pause-${engine}`, wrote: 'web:crash', is: 'failed' },
    { recording: `bad-crash-rollback-${engine}`, wrote: 'web:crash', is: 'failed' },
    { recording: `bad-crash-continue-${engine}`, wrote: 'web:crash', is: 'failed' },
    { recording: `bad-nosuchtag-pause-${engine}`, wrote: 'web:nosuchtag', is: 'failed' },
    { recording: `bad-nosuchtag-rollback-${engine}`, wrote: 'web:nosuchtag', is: 'failed' },
    { recording: `bad-nosuchtag-continue-${engine}`, wrote: 'web:nosuchtag', is: 'failed' },
    { recording: `unhealthy-pause-${engine}`, wrote: 'web:unhealthy', is: 'failed' },
    { recording: `unhealthy-rollback-${engine}`, wrote: 'web:unhealthy', is: 'failed' },
    {
      recording: `rollback-manual-${engine}`,
      kind: 'rollback' as const,
      wrote: 'web:v1',
      is: 'converged',
    },
    {
      recording: `rollback-of-rollback-${engine}`,
      kind: 'rollback' as const,
      wrote: 'web:v2',
      is: 'converged',
    },
  ]),
  { recording: 'rollback-paused-20', kind: 'rollback', wrote: 'web:crash', is: 'failed' },
]

/** The states it went through, each once, up to a minute after the last that was recorded. */
function watched({ recording, kind = 'image', wrote }: (typeof stories)[number]) {
  const moments = replay(recording)
  const begin = moments.findIndex(({ state }) => state.services.get('web')?.image === wrote)
  const seen = moments.slice(begin)
  const first = seen[0] ?? { now: epoch }
  const since = instant(first.now)
  const operation = {
    kind,
    subject: { kind: 'service', name: 'web', id: 'web' } as const,
    sentence: '',
    requestedAt: since,
    acceptedAt: since,
  }
  const tracking = {
    specHash: wrote,
    before: { specHash: '', version: 0 },
    expects: 'update',
  } as const
  const states = everySecond(seen).map(({ now, state }) => {
    const found = outcome(
      { ...operation, state: 'accepted' },
      tracking,
      byImage(state),
      now,
    )
    return { at: (now - first.now) / 1000, state: found.state, sentence: found.sentence }
  })
  return states.filter(({ state }, i) => state !== states[i - 1]?.state)
}

/** What was seen, and again each second until something else was, and for a minute more. */
const everySecond = (seen: readonly Moment[]): Moment[] =>
  seen.flatMap((moment, i) => {
    const until = seen[i + 1]?.now ?? moment.now + 60_000
    const ticks = Math.ceil((until - moment.now) / 1000)
    return Array.from({ length: Math.max(1, ticks) }, (_, n) => ({
      ...moment,
      now: moment.now + n * 1000,
    }))
  })

const byImage = (state: ClusterState): ClusterState => ({
  ...state,
  services: new Map(
    [...state.services].map(([id, service]) => [
      id,
      { ...service, specHash: service.image },
    ]),
  ),
})

describe('what became of a command', () => {
  test.each(stories)('$recording: $is', (story) => {
    const states = watched(story)
    expect(states.map(({ state }) => state)).toEqual(['accepted', story.is])
  })
})
