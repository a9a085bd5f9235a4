import type { Change } from '../store/feed.ts'
import type { Node, Service } from '../store/objects.ts'
import type { Swarm } from '../swarm.ts'
import { fieldsOf } from './fields.ts'
import { type Filters, filtersOf } from './filters.ts'
import { Problem } from './problem.ts'
import type { Routes } from './router.ts'

/** @see moby/moby daemon/events/events.go eventsLimit */
const MOST_KEPT = 256

export type SwarmEvent = {
  Type: string
  Action: string
  Actor: { ID: string; Attributes: Record<string, string> }
  scope: 'swarm'
  time: number
  timeNano: number
}

/** Remembers the last events, as every daemon does, and tells of new ones. */
export class EventLog {
  readonly #kept: SwarmEvent[] = []
  readonly #heard = new Set<(event: SwarmEvent) => void>()

  constructor({ store }: Swarm) {
    store.listen({
      change: (change) => {
        const event = eventOf(change)
        if (!event) return
        this.#kept.push(event)
        if (this.#kept.length > MOST_KEPT) this.#kept.shift()
        for (const heard of this.#heard) heard(event)
      },
    })
  }

  since(nanos: number): SwarmEvent[] {
    return this.#kept.filter(({ timeNano }) => timeNano >= nanos)
  }

  listen(heard: (event: SwarmEvent) => void): () => void {
    this.#heard.add(heard)
    return () => this.#heard.delete(heard)
  }
}

export const EVENT_ROUTES: Routes = {
  'GET /events': ({ swarm, nodeId, query }) => {
    const filters = filtersOf(query)
    const since = secondsOf(query.get('since'), swarm)
    const until = secondsOf(query.get('until'), swarm)
    return {
      kind: 'stream',
      type: 'application/json',
      begin: (sink) => {
        const write = (event: SwarmEvent) => {
          // A worker has no store, nor has one that has left: it hears of nothing.
          if (!swarm.managers.isManager(nodeId)) return
          if (isWanted(event, filters)) sink.write(`${JSON.stringify(event)}\n`)
        }
        if (since !== null)
          for (const event of swarm.events.since(since * 1e9))
            if (until === null || event.timeNano <= until * 1e9) write(event)
        if (until !== null && until * 1000 <= swarm.clock.now) {
          sink.end()
          return () => {}
        }
        const stop = swarm.events.listen(write)
        if (until === null) return stop
        const cancel = swarm.clock.schedule(until * 1000 - swarm.clock.now, () =>
          sink.end(),
        )
        return () => {
          stop()
          cancel()
        }
      },
    }
  },
}

/** Seconds since 1970; a duration like `10m` counts back from now. */
function secondsOf(text: string | null, { clock }: Swarm): number | null {
  if (!text) return null
  const duration = /^(\d+)([smh])$/.exec(text)
  if (duration) {
    const unit = { s: 1, m: 60, h: 3600 }[duration[2] ?? 's'] ?? 1
    return clock.now / 1000 - Number(duration[1]) * unit
  }
  const number = Number(text)
  const seconds = Number.isFinite(number) ? number : Date.parse(text) / 1000
  if (Number.isFinite(seconds)) return seconds
  throw new Problem(
    500,
    `strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`,
  )
}

function isWanted({ Type, Action, Actor, scope }: SwarmEvent, filters: Filters): boolean {
  const has = (key: string, value: string) => filters.get(key)?.includes(value) ?? true
  if (!has('scope', scope) || !has('type', Type) || !has('event', Action)) return false
  if (filters.has('label')) return false
  return ['service', 'node', 'network', 'secret', 'config'].every((kind) => {
    const wanted = filters.get(kind)
    if (!wanted) return true
    const name = Actor.Attributes.name ?? ''
    // Of whatever type it is. @see moby/moby daemon/events/filter.go fuzzyMatchName
    return wanted.some((text) => Actor.ID.startsWith(text) || name.startsWith(text))
  })
}

/**
 * What one engine has for itself, as the networks of local scope, is no event of the swarm.
 * @see moby/moby daemon/events.go, swarm-lab recordings/events-m1-all-28.jsonl
 */
function eventOf({ kind, action, object, old, at }: Change): SwarmEvent | null {
  if (kind === 'task' || kind === 'cluster') return null
  if (kind === 'network' && object.Scope === 'local') return null
  const attributes: Record<string, string> = { name: nameOf(kind, object) }
  if (kind === 'service' && old) noteService(attributes, old, object)
  if (kind === 'node' && old) noteNode(attributes, old, object)
  return {
    Type: kind,
    Action: action,
    Actor: { ID: object.ID, Attributes: attributes },
    scope: 'swarm',
    time: Math.floor(at / 1000),
    timeNano: at * 1e6,
  }
}

function nameOf(kind: string, object: object): string {
  const { Name, Spec, Description } = fieldsOf(object)
  const name =
    kind === 'node' ? fieldsOf(Description).Hostname : (Name ?? fieldsOf(Spec).Name)
  return String(name)
}

function noteService(attributes: Record<string, string>, old: Service, now: Service): void {
  const image = ({ Spec }: Service) => Spec.TaskTemplate.ContainerSpec?.Image
  const replicas = ({ Spec }: Service) => Spec.Mode.Replicated?.Replicas
  note(attributes, 'image', image(old), image(now))
  note(attributes, 'replicas', replicas(old), replicas(now))
  // A status that is taken away is no event.
  if (now.UpdateStatus) {
    note(attributes, 'updatestate', old.UpdateStatus?.State, now.UpdateStatus.State)
  }
}

function noteNode(attributes: Record<string, string>, old: Node, now: Node): void {
  note(attributes, 'availability', old.Spec.Availability, now.Spec.Availability)
  note(attributes, 'role', old.hidden.observedRole, now.hidden.observedRole)
  note(attributes, 'state', old.Status.State, now.Status.State)
}

function note(
  attributes: Record<string, string>,
  name: string,
  before: string | number | undefined,
  after: string | number | undefined,
): void {
  if (before === after || after === undefined) return
  if (before !== undefined) attributes[`${name}.old`] = String(before)
  attributes[`${name}.new`] = String(after)
}
