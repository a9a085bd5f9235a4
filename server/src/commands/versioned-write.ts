import { classify } from '../docker/errors.ts'

/** So often a write is sent again because only the version had moved. */
const retries = 3

/** What was previewed is not what is there any more: nothing was written. */
export class Outdated extends Error {
  override readonly name = 'Outdated'
}

type Versioned = { readonly Version: { readonly Index: number } }

/**
 * Writes on top of what was read. The engine takes a write only under the version that it
 * holds, and that moves by itself: with every step of an update, with every report of a
 * node. As long as what counts is as it was read, the write is sent again.
 *
 * @param isSame whether what is there now is still what was read, as far as it matters
 * @throws Outdated when somebody else changed it in between; DockerError
 * @see moby/swarmkit manager/state/store/memory.go: ErrSequenceConflict
 */
export async function writeVersioned<T extends Versioned>(
  read: T,
  {
    write,
    readAgain,
    isSame,
  }: {
    write: (version: number) => Promise<void>
    readAgain: () => Promise<T | null>
    isSame: (fresh: T) => boolean
  },
): Promise<void> {
  let version = read.Version.Index
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await write(version)
    } catch (error) {
      if (classify(error).kind !== 'out-of-sequence') throw error
    }
    const fresh = await readAgain()
    if (!fresh || attempt === retries || !isSame(fresh)) throw new Outdated()
    version = fresh.Version.Index
  }
}
