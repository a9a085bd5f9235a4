import { randomUUID } from 'node:crypto'
import type { NodePreview } from '@skep/shared/contract/node-preview'
import type { Operation } from '@skep/shared/contract/operation'
import type { Consent, Preview } from '@skep/shared/contract/preview'
import { classify } from '../docker/errors.ts'
import { openChecks } from '../domain/commands/open-checks.ts'
import { instant } from '../domain/instant.ts'
import type { Tracking } from '../domain/tracking.ts'
import { clock } from '../mirror/clock.ts'
import {
  changedSince,
  checksOpen,
  doubtful,
  engineRefused,
  notWrittenDown,
} from './failure.ts'
import type { Operations } from './operations.ts'
import { createSeal } from './seal.ts'
import { createTurns } from './turns.ts'
import { Outdated } from './versioned-write.ts'

/** What a look found: what would be done, and how. */
export type Look<P extends Preview | NodePreview> = {
  readonly subject: Operation['subject']
  /** Its basis is sealed before it leaves. */
  readonly preview: P
  /** How to do it; null while a check blocks it. */
  readonly act: Act | null
}

type Act = {
  readonly tracking: Tracking
  /** @throws Outdated when somebody else came first; DockerError */
  send(): Promise<void>
  /** What it left, as far as that can be read; never throws. */
  left(): Promise<{ specHash: string | null; version: number | null }>
}

/** Looking at what a command would do, and doing what was looked at. */
export type Press<Asked, P> = {
  /** @throws Refusal; DockerError when the swarm cannot be asked */
  preview(asked: Asked, name: string): Promise<P>
  /**
   * Does what a preview said, if it still says so. Resolves when the engine has taken it,
   * or when its answer was lost: what then happens is observed.
   *
   * @throws Refusal: 404 there is none, 409 the facts moved, 422 a check stands; DockerError
   */
  run(asked: Asked, name: string, consent: Consent, actor: string): Promise<Operation>
}

/**
 * The one way from a press to its operation, whatever is acted on: look again, hold it
 * against what was consented to, write the intent down, send, and leave the rest to what is
 * observed. Commands on one subject take turns.
 * @param look reads afresh what the command depends on, and judges it
 */
export function createPress<
  Asked extends Pick<Operation, 'kind'>,
  P extends Preview | NodePreview,
>(
  look: (asked: Asked, name: string) => Promise<Look<P>>,
  operations: Operations,
): Press<Asked, P> {
  const inTurn = createTurns()
  const sealed = createSeal()
  const see = async (asked: Asked, name: string): Promise<Look<P>> => {
    const found = await look(asked, name)
    return { ...found, preview: sealed(found.preview) }
  }
  const outdated = async (asked: Asked, name: string) =>
    changedSince(name, (await see(asked, name)).preview)

  async function run(asked: Asked, name: string, consent: Consent, actor: string) {
    const { subject, preview, act } = await see(asked, name)
    if (preview.basis !== consent.basis) throw await outdated(asked, name)
    const standing = openChecks(preview, consent, subject)
    if (standing.length > 0 || !act) throw checksOpen(preview, standing)
    const { id } = await begin(asked.kind, subject, preview, act, actor)
    try {
      await act.send()
    } catch (error) {
      if (error instanceof Outdated) {
        await operations.refuse(id, `${name} was changed by somebody else first.`)
        throw await outdated(asked, name)
      }
      const failure = classify(error)
      if (doubtful.has(failure.kind)) return operations.doubt(id, failure.message)
      await operations.refuse(id, `The engine refused: ${failure.message}`)
      throw engineRefused(failure, name)
    }
    const { specHash, version } = await act.left()
    return operations.accept(id, specHash, version)
  }

  /** Written down before the call that it announces: a crash loses no intent. */
  async function begin(
    kind: Operation['kind'],
    subject: Operation['subject'],
    { title, command, checks }: P,
    { tracking }: Act,
    actor: string,
  ): Promise<Operation> {
    const operation: Operation = {
      id: randomUUID(),
      kind,
      subject,
      actor,
      title,
      command,
      acknowledged: checks.filter(({ level }) => level === 'warn'),
      state: 'requested',
      sentence: 'Requested.',
      requestedAt: instant(clock.now()),
      acceptedAt: null,
      endedAt: null,
      specVersion: null,
    }
    await operations.begin(operation, tracking).catch((error: unknown) => {
      throw notWrittenDown(error)
    })
    return operation
  }

  return {
    preview: async (asked, name) => (await see(asked, name)).preview,
    run: (asked, name, consent, actor) =>
      inTurn(name, () => run(asked, name, consent, actor)),
  }
}
