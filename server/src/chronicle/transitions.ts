import { instant } from '../domain/instant.ts'
import { slotNews } from '../domain/slot-news.ts'
import type { News } from '../domain/transitions.ts'
import type { Journal, NewEntry } from '../memory/journal.ts'
import { clock } from '../mirror/clock.ts'
import type { Mirror } from '../mirror/mirror.ts'

/**
 * Writes down what the swarm was seen to do: what its services and nodes came to, as the
 * feed tells, and what their tasks did, as the mirror does. Answers what the feed calls.
 */
export function keepTransitions(mirror: Mirror, journal: Journal) {
  let before = mirror.state()
  const unfollow = mirror.onChange(() => {
    const after = mirror.state()
    // The first reading is no news: nothing was seen to change.
    const known = before.services.size > 0 || mirror.times().contactAt === null
    const news = known ? slotNews(before, after) : []
    before = after
    if (news.length === 0) return
    const at = instant(clock.now())
    journal.note(
      news.map(
        ({ service, slot, node, tone, sentence, cause }): NewEntry => ({
          at,
          kind: 'transition',
          tone,
          subject: { kind: 'service', name: service },
          related: node === null ? [] : [{ kind: 'node', name: node }],
          slot,
          sentence,
          cause,
          actor: null,
          operation: null,
        }),
      ),
    )
  })

  const onNews = (news: readonly News[]) =>
    journal.note(
      news.map(
        ({ at, tone, subject, sentence }): NewEntry => ({
          at,
          kind: 'transition',
          tone,
          subject,
          related: [],
          slot: null,
          sentence,
          cause: null,
          actor: null,
          operation: null,
        }),
      ),
    )
  return { onNews, stop: unfollow }
}
