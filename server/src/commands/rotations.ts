import { randomUUID } from 'node:crypto'
import type { Check, Consent } from '@skep/shared/contract/preview'
import type {
  AskedAct,
  RotateArguments,
  Rotation,
  RotationPreview,
} from '@skep/shared/contract/rotation'
import { payloadProblem, type StoredKind } from '@skep/shared/contract/stored'
import type { FastifyBaseLogger } from 'fastify'
import type { EngineStored } from '../docker/engine.ts'
import { classify } from '../docker/errors.ts'
import { block } from '../domain/commands/check.ts'
import { instant } from '../domain/instant.ts'
import { answerLostAfter } from '../domain/patience.ts'
import { abandoned, followed, nextActs, sending, withConsumer } from '../domain/rotation.ts'
import { rotationEvidence } from '../domain/rotation-evidence.ts'
import {
  carriedLabels,
  rotationLabel,
  standsAgainstConsent,
  ticked,
} from '../domain/rotation-preview.ts'
import { type RotationRecord, waitingConsumer } from '../domain/rotation-record.ts'
import { rotationView } from '../domain/rotation-retire.ts'
import type { StoredFacts } from '../domain/state.ts'
import { storedNamed } from '../domain/stored/of-kind.ts'
import { familyOf } from '../domain/stored/version-family.ts'
import type { Tracking } from '../domain/tracking.ts'
import type { Memory } from '../memory/memory.ts'
import { clock } from '../mirror/clock.ts'
import type { Mirror } from '../mirror/mirror.ts'
import {
  changedSince,
  checksOpen,
  doubtful,
  engineRefused,
  notWrittenDown,
} from './failure.ts'
import type { Operations } from './operations.ts'
import type { ActPreview, Became } from './rotation-act.ts'
import { abandon, lookAtAct, pressAct } from './rotation-acts.ts'
import { createRotationBook, type RotationBook } from './rotation-book.ts'
import { actEntry } from './rotation-entries.ts'
import { lookAtRotation, type RotationLook } from './rotation-look.ts'
import { createRotationOperations } from './rotation-operations.ts'
import { sendNext } from './rotation-sender.ts'
import { createSeal } from './seal.ts'
import type { ServiceCommands } from './service-commands.ts'
import { callsFor } from './stored-calls.ts'
import { createTurns } from './turns.ts'

/**
 * Rotations of secrets and configs, from the press to the removal of the old version. Every
 * step is written down before it is taken, so that a console that was killed in between
 * finds out how far it came and goes on; only a value that never arrived must be given
 * again, since it is written nowhere. Several consoles may work on one memory: each step is
 * written in place of the revision that it was decided on, and whoever comes second reads
 * again and does not take it. Long because whatever changes a rotation takes its turn with
 * whatever looks at it.
 */
export type RotationDesk = {
  /** @throws Refusal: 404 there is none of this name; DockerError */
  preview(kind: StoredKind, name: string, told: RotateArguments): Promise<RotationPreview>
  /**
   * Creates the next version and begins to update the consumers, if the preview still says
   * what was consented to. What comes then is followed by itself.
   * @param value is overwritten with zeros, whatever happens
   * @throws Refusal: 404, 409 the facts moved, 422 a check stands, 503; DockerError
   */
  begin(
    kind: StoredKind,
    name: string,
    told: RotateArguments,
    value: Uint8Array,
    consent: Consent,
    actor: string,
  ): Promise<Rotation>
  /** Those that have not ended, as they stand. */
  open(): readonly RotationRecord[]
  /** Called whenever one of them is other than it was. */
  onChange(listener: () => void): () => void
  /** Newest first. */
  list(): Promise<Rotation[]>
  /** @throws Refusal: 404 */
  get(id: string): Promise<Rotation>
  /** @throws Refusal: 404 */
  evidence(id: string): Promise<string>
  /**
   * What an act on one that has not ended would do.
   * @throws Refusal: 404, 409 it makes no sense now; DockerError
   */
  previewAct(id: string, asked: AskedAct): Promise<ActPreview>
  /**
   * Does that, if its preview still says what was consented to.
   * @throws Refusal: 404, 409 it makes no sense now or the facts moved, 422 a check stands,
   * 503; DockerError
   */
  act(id: string, asked: AskedAct, consent: Consent, actor: string): Promise<Rotation>
  /** Leaves one as it is; the swarm is told nothing. @throws Refusal: 403, 404, 409, 503 */
  abandon(id: string, actor: string): Promise<Rotation>
  start(): Promise<void>
  stop(): void
}

type Deps = {
  mirror: Mirror
  memory: Memory<Tracking>
  operations: Operations
  commands: ServiceCommands
  readOnly: boolean
  log: FastifyBaseLogger
}

/** How often what the swarm shows is looked at, in milliseconds. */
const revisit = 1_000

/** How soon an absent memory is asked again, in milliseconds. */
const retryAfter = 10_000

const mostListed = 500

/** How long another console may take to hand a value over, in milliseconds. */
const createPatience = 20_000

export function createRotationDesk(deps: Deps): RotationDesk {
  const { mirror, memory, operations, commands, readOnly, log } = deps
  const book = createRotationBook(memory, log)
  const sentBefore = createRotationOperations(operations, memory.operations, mirror)
  const inTurn = createTurns()
  const sealed = createSeal()
  const acting = { mirror, memory, commands, readOnly, book, sent: sentBefore, sealed }
  /** What was open before this instant was begun by a console that is gone. */
  const bornAt = clock.now()
  let timer: NodeJS.Timeout | undefined
  let retry: NodeJS.Timeout | undefined

  const now = () => clock.ofManagers(mirror.state())
  const today = () => instant(clock.now())
  const view = (plan: RotationRecord) => {
    const seen = rotationView(plan, mirror.state(), now())
    if (!readOnly || plan.state !== 'running') return seen
    const sentence = `${seen.sentence} This console only looks: one that may write goes on with it.`
    return { ...seen, sentence }
  }

  async function see(
    kind: StoredKind,
    name: string,
    told: RotateArguments,
  ): Promise<RotationLook> {
    const found = await lookAtRotation(kind, name, told, deps)
    return { ...found, preview: sealed(found.preview) }
  }

  async function begin(...asked: Parameters<RotationDesk['begin']>): Promise<Rotation> {
    const [kind, name, told, value, consent, actor] = asked
    const { asked: found, preview, swaps, known } = await see(kind, name, told)
    if (preview.basis !== consent.basis) throw changedSince(name, preview)
    const checks = [...preview.checks, ...payloadChecks(kind, value)]
    const against = standsAgainstConsent({ ...preview, checks }, consent)
    if (against.length > 0) throw checksOpen(preview, against)
    const { old, next } = found
    const id = randomUUID()
    const plan: RotationRecord = {
      id,
      kind,
      family: familyOf(old.name).family,
      from: { id: old.id, name: old.name },
      to: { id: null, name: next },
      actor,
      together: found.together,
      step: 'create',
      state: 'running',
      sentence: `${next} is about to be created.`,
      consumers: swaps.map(({ service }) =>
        waitingConsumer(kind, old.id, service, ticked(service.name, consent.acknowledged)),
      ),
      startedAt: today(),
      verifiedAt: null,
      retireFrom: null,
      endedAt: null,
      windowHours: found.windowHours,
      log: [],
      revision: 0,
    }
    for (const one of known) {
      if (one.kind === kind && one.from.id === old.id && one.to.id === null) {
        await inTurn(one.id, () => giveUp(one))
      }
    }
    return inTurn(id, () => create(plan, old, value))
  }

  async function create(plan: RotationRecord, old: StoredFacts, value: Uint8Array) {
    const { id, kind, to, actor } = plan
    let begun = plan
    try {
      begun = (await memory.rotations.save(plan)) ?? plan
      const ticks = plan.consumers.flatMap(({ service, acknowledged }) =>
        acknowledged.map((check) => `${service}:${check}`),
      )
      const knowing = ticks.length > 0 ? `, knowing of: ${ticks.join(', ')}` : ''
      const whom = plan.consumers.map(({ service }) => service).join(', ') || 'no service'
      await memory.journal.append(actEntry(plan, `begins, for ${whom}${knowing}`, actor))
    } catch (error) {
      // It may be on record as begun, and must not stay so: nothing is sent.
      const sentence = 'It could not be written down in full: nothing was sent.'
      book.put(begun, abandoned(begun, today(), sentence))
      void book.keepOrLater(id)
      throw notWrittenDown(error)
    }
    book.hold(begun)
    const { create } = callsFor(kind, mirror.api())
    try {
      const created = await create(to.name, value, carriedLabels(old, id))
      // Also where another console has given it up for lost.
      await book.amendOrLater(begun, (now) =>
        now.to.id === null ? { ...arrived(now, created), state: 'running' } : now,
      )
    } catch (error) {
      const failure = classify(error)
      if (!doubtful.has(failure.kind)) {
        const sentence = `The engine refused to create ${to.name}: ${failure.message}`
        await book.amendOrLater(begun, (now) => abandoned(now, today(), sentence))
        throw engineRefused(failure, old.name)
      }
      const sentence = `${failure.message} Whether ${to.name} was created is looked for.`
      await book.amendOrLater(begun, (now) => ({ ...now, sentence }))
    }
    void lookOnce(id)
    return view(book.get(id) ?? begun)
  }

  const arrived = (plan: RotationRecord, id: string): RotationRecord => ({
    ...plan,
    step: 'update',
    to: { ...plan.to, id },
    sentence: `${plan.to.name} is created.`,
  })

  const warned = (err: unknown) => log.error({ err }, 'a rotation was not followed')

  /** Looks at one that is open, writes down what became different, and does what is next. */
  async function look(id: string) {
    const before = await book.fresh(id)
    if (!before || before.endedAt !== null) return
    if (mirror.state().swarm.state !== 'live') return
    const found =
      before.to.id === null ? await sought(before) : await sentBefore.identified(before)
    const operation = await sentBefore.of(found)
    const after = followed(found, { state: mirror.state(), now: now(), operation })
    const isSame = JSON.stringify(after) === JSON.stringify(before)
    if (readOnly) {
      // It takes no step, so it has nothing to say for those who do: it only shows this.
      if (!isSame) book.hold(after)
      return
    }
    if (!isSame) {
      book.put(before, after)
      if (!(await book.keep(id))) return
    }
    await proceed(book.get(id) ?? after)
  }

  async function proceed(plan: RotationRecord) {
    const acts = nextActs(plan, mirror.state())
    if (acts.length === 0) return
    // Whoever writes this down is the one who sends: a second console is told of the first.
    const intended = await memory.rotations.save(sending(plan, acts, today()))
    if (intended === null) return
    book.hold(intended)
    const sent = await Promise.all(
      acts.map(async (act) => {
        const one = intended.consumers.find(({ serviceId }) => serviceId === act.serviceId)
        return one ? sendNext(intended, act, one, commands) : null
      }),
    )
    await book.amendOrLater(intended, (now) =>
      sent.reduce<RotationRecord>(
        (sum, one) => (one ? withConsumer(sum, one.serviceId, one) : sum),
        now,
      ),
    )
  }

  /** Whether what was created has arrived, where the answer to that was never heard. */
  async function sought(plan: RotationRecord): Promise<RotationRecord> {
    const { kind, id, to } = plan
    const isOurs = (labels: EngineStored['Spec']['Labels']) =>
      labels?.[rotationLabel] === id
    const seen = storedNamed(kind, to.name, mirror.state())
    if (seen && isOurs(seen.labels)) return arrived(plan, seen.id)
    const begunAt = Date.parse(plan.startedAt)
    // One of before this console may be under way in another still.
    const patience = begunAt >= bornAt ? answerLostAfter : createPatience
    if (plan.state === 'stopped' || clock.now() < begunAt + patience) return plan
    // The mirror may be behind; the engine is not.
    const all = await callsFor(kind, mirror.api()).list()
    const found = all.find(({ Spec }) => Spec.Name === to.name && isOurs(Spec.Labels))
    if (found) return arrived(plan, found.ID)
    const sentence = `The value of ${to.name} never arrived, and is written nowhere: give it again, in a rotation begun anew. No service was changed.`
    return { ...plan, state: 'stopped', sentence }
  }

  /** Those whose look has yet to come to its turn, or to its end. */
  const looking = new Set<string>()

  async function lookOnce(id: string) {
    if (looking.has(id)) return
    looking.add(id)
    await inTurn(id, () => look(id)).catch(warned)
    looking.delete(id)
  }

  /** Changes one as a person asks, and answers how it stands then. */
  const change = (
    id: string,
    how: (plan: RotationRecord) => Promise<Became>,
    keep: RotationBook['amend'],
  ) =>
    inTurn(id, async () => {
      await book.fresh(id)
      const plan = await book.find(id)
      const done = await keep(plan, await how(plan))
      if (done.endedAt === null) void lookOnce(id)
      return view(done)
    })

  /** Nothing else is done than to write it down: what is not written is not answered so. */
  const orRefuse: RotationBook['amend'] = (plan, became) =>
    book.amend(plan, became).catch((error: unknown) => {
      throw notWrittenDown(error)
    })

  /** Ends one whose value never arrived, for another that takes its place. */
  const giveUp = (plan: RotationRecord) =>
    book.amend(plan, (now) =>
      now.to.id === null ? abandoned(now, today(), 'Begun anew.') : now,
    )

  return {
    preview: async (kind, name, told) => (await see(kind, name, told)).preview,
    async begin(...asked) {
      const [kind, name, , value] = asked
      try {
        return await inTurn(`${kind} ${name}`, () => begin(...asked))
      } finally {
        value.fill(0)
      }
    },
    open: book.open,
    onChange: book.onChange,
    list: async () => (await book.latest(mostListed)).map(view),
    get: async (id) => view(await book.find(id)),
    async evidence(id) {
      const plan = await book.find(id)
      const known = await sentBefore.of(plan)
      const ids = plan.consumers.flatMap(({ operation }) => operation ?? [])
      const found = ids.flatMap((one) => known(one) ?? [])
      const { sentence } = view(plan)
      return rotationEvidence(
        { ...plan, sentence },
        new Map(found.map((one) => [one.id, one])),
      )
    },
    previewAct: async (id, asked) =>
      (await lookAtAct(await book.find(id), asked, acting)).preview,
    act: (id, asked, consent, actor) =>
      change(
        id,
        (plan) => pressAct(plan, asked, consent, actor, acting),
        book.amendOrLater,
      ),
    abandon: (id, actor) => change(id, (plan) => abandon(plan, actor, acting), orRefuse),
    async start() {
      await book.takeUp()
      timer = setInterval(() => {
        for (const { id } of book.open()) void lookOnce(id)
      }, revisit).unref()
      retry = setInterval(() => {
        void book.takeUp()
        for (const id of book.unkept()) void inTurn(id, () => book.keepOrLater(id))
      }, retryAfter).unref()
    },
    stop: () => {
      clearInterval(timer)
      clearInterval(retry)
    },
  }
}

function payloadChecks(kind: StoredKind, value: Uint8Array): Check[] {
  const problem = payloadProblem(kind, value.byteLength)
  return problem === null ? [] : [block('payload-size', problem)]
}
