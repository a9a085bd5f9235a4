import type { Recorder, TaskRecord } from '../recorder.ts'
import type { Session, Versioned } from '../session.ts'
import { fewestTogether, slotLines } from '../slots.ts'

/** Where a story is played, and who looks on. */
export type Stage = { session: Session; recorder: Recorder }

type Spec = { Name: string }

const ends = ['complete', 'shutdown', 'failed', 'rejected', 'remove', 'orphaned']
const isLive = (state: string) => !ends.includes(state)

/** One service on the stage: made, changed, looked at, removed. */
export class Player {
  readonly #stage: Stage
  readonly id: string
  /** Those that ran when it was begun to count how many run at once. */
  #counted: ReadonlySet<string> = new Set()

  private constructor(stage: Stage, id: string) {
    this.#stage = stage
    this.id = id
  }

  static async enter(stage: Stage, spec: Spec): Promise<Player> {
    return new Player(stage, await stage.session.make('services', spec))
  }

  get tasks(): TaskRecord[] {
    return this.#stage.recorder.tasksOf(this.id)
  }

  get updates(): readonly string[] {
    return this.#stage.recorder.updatesOf(this.id)
  }

  /** Waits for a number of tasks, of all that there ever were, that are in one of states. */
  async are(count: number, ...states: string[]): Promise<void> {
    await this.#until(`${count} tasks to be ${states.join(' or ')}`, () => {
      const found = this.tasks.filter(({ last }) => states.includes(last.Status.State))
      return found.length >= count
    })
  }

  /** Waits for so many that run and are meant to. */
  async run(count: number): Promise<void> {
    await this.#until(`${count} tasks to run`, () => {
      const live = this.tasks.filter(({ last }) => last.DesiredState === 'running')
      return live.filter(({ last }) => last.Status.State === 'running').length === count
    })
  }

  /** Waits for so many that wait for a node, and were told why. */
  async wait(count: number): Promise<void> {
    await this.#until(`${count} tasks to wait`, () => {
      const live = this.tasks.filter(({ last }) => last.Status.State === 'pending')
      const told = live.filter(({ last }) => last.Status.Err)
      return told.filter(({ last }) => last.DesiredState === 'running').length >= count
    })
  }

  /** Waits for a state of the update, the `count`th of this name. */
  async updated(state: string, count = 1): Promise<void> {
    await this.#until(`update ${state}`, () => {
      const found = this.updates.filter((said) => said.startsWith(`${state} `))
      const told = this.#stage.recorder.updateStatesOf(this.id)
      return found.length >= count && told.includes(state)
    })
  }

  /** Waits for so many that have ended, and are not wanted any more. */
  async ended(count: number): Promise<void> {
    await this.#until(`${count} tasks to be done with`, () => {
      const over = this.tasks.filter(({ last }) => last.DesiredState === 'shutdown')
      return over.filter(({ last }) => !isLive(last.Status.State)).length >= count
    })
  }

  /** Waits for so many to have been made, ever. */
  async made(count: number): Promise<void> {
    await this.#until(`${count} tasks to be made`, () => this.tasks.length >= count)
  }

  /** Waits for so many to be marked for removal, or to be gone already. */
  async cleared(count: number): Promise<void> {
    await this.#until(`${count} tasks to be cleared away`, () => {
      const found = this.tasks.filter(
        ({ last, isGone }) => isGone || last.DesiredState === 'remove',
      )
      return found.length >= count
    })
  }

  /** Waits until what is unwanted has ended. */
  async rests(): Promise<void> {
    await this.#until('all that is unwanted to end', () =>
      this.tasks.every(
        ({ last, isGone }) =>
          isGone ||
          !['shutdown', 'remove'].includes(last.DesiredState) ||
          !isLive(last.Status.State),
      ),
    )
  }

  async change(spec: object, query = ''): Promise<void> {
    const { session } = this.#stage
    const path = `/services/${this.id}`
    const answer = await session.change<Versioned>(path, () => spec, query)
    if (answer.status >= 400) throw new Error(`${path}: ${answer.body}`)
  }

  /** How many ran at once is counted from now. */
  count(): void {
    this.#counted = new Set(this.tasks.map(({ id }) => id))
  }

  /** All of it, as lines to compare. */
  lines({
    most,
    isCounted = false,
  }: {
    most?: number
    isCounted?: boolean
  } = {}): string[] {
    const { session, recorder } = this.#stage
    const words = (text: string) => session.words(text)
    return [
      ...slotLines(this.tasks, words, most),
      ...(this.updates.length > 0
        ? [`update: ${recorder.updateStatesOf(this.id).join(' → ')}`]
        : []),
      ...this.updates.slice(-1).map((said) => `update is ${words(said)}`),
      ...(isCounted ? [`at least ${fewestTogether(this.tasks, this.#counted)} ran`] : []),
    ]
  }

  async leave(): Promise<void> {
    await this.#stage.session.ask('DELETE', `/services/${this.id}`)
  }

  async #until(what: string, condition: () => boolean): Promise<void> {
    await this.#stage.session.until(what, async () => {
      if (condition()) return true
      throw new Error(this.lines({ most: 4 }).join(' | '))
    })
  }
}
