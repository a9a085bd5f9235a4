import { createProjector, type Projection } from './projection.ts'
import { replay } from './recording.fixture.ts'

/**
 * What real engines did, as the console would have told it. Every change of fact is
 * projected, and every instant at which the projection asks to be looked at again.
 */
export function watch(recording: string): { now: number; view: Projection }[] {
  const moments = replay(recording)
  const projector = createProjector()
  return moments.flatMap(({ now, state }, i) => {
    const until = moments[i + 1]?.now ?? now + 60_000
    const views: { now: number; view: Projection }[] = []
    for (let at: number | null = now; at !== null && at < until; ) {
      const view: Projection = projector.project(state, at)
      views.push({ now: at, view })
      at = view.wakeAt
    }
    return views
  })
}
