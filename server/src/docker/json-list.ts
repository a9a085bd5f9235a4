/**
 * How an object of the swarm begins in the engine's JSON: by its id and its version. A text
 * within it cannot look like this, as its quotes would be escaped; nor does any object within
 * an object begin so after another.
 * @see moby/moby api/types/swarm/task.go, Task
 */
const HEAD = /\{"ID":"([^"\\]{1,100})","Version":\{(?:"Index":(\d+))?\}/y
const BETWEEN = '},{"ID":"'

/** Longer than any head. */
const HEAD_LENGTH = 160

/** What is known of an object already. */
export type Known = { readonly id: string; readonly version: number }

/** What a list holds: what was known of it already in its version, and the rest as it came. */
export type Listed<T, R = unknown> = {
  readonly known: readonly T[]
  readonly others: readonly R[]
}

export type ListReader<L> = {
  push(part: string): void
  /** What it holds, once there is no more to come. @throws SyntaxError when it is no JSON list */
  end(): L
}

/**
 * Takes a list of objects apart while it arrives. Of thousands that are listed again and again
 * few are others than before: what is known in its version is not parsed, and none of the text
 * is held for longer than its part.
 * @param find what is known of an object by its id; undefined where that is nothing
 */
export function createListReader<T extends Known>(
  find: (id: string) => T | undefined,
): ListReader<Listed<T>> {
  const known: T[] = []
  const others: unknown[] = []
  let rest = ''
  let isBegun = false
  let searched = 0
  let isOne = true

  /** @param isOne whether nothing in it looks as if another object began there */
  function take(begin: number, end: number, isOne: boolean) {
    HEAD.lastIndex = begin
    const [, id = '', index] = HEAD.exec(rest) ?? []
    const found = isOne ? find(id) : undefined
    if (found?.version === Number(index)) known.push(found)
    else for (const item of JSON.parse(`[${rest.slice(begin, end)}]`)) others.push(item)
  }

  function takeItems() {
    let begin = 0
    for (;;) {
      const end = rest.indexOf(BETWEEN, searched)
      if (end < 0) {
        searched = Math.max(begin, rest.length - BETWEEN.length)
        break
      }
      searched = end
      if (rest.length - end < HEAD_LENGTH) break
      HEAD.lastIndex = end + 2
      if (HEAD.test(rest)) {
        take(begin, end + 1, isOne)
        begin = end + 2
        isOne = true
      } else isOne = false
      searched = end + 1
    }
    rest = rest.slice(begin)
    searched -= begin
  }

  return {
    push(part) {
      rest += part
      if (!isBegun) {
        rest = rest.trimStart()
        if (!rest.startsWith('[')) return
        rest = rest.slice(1)
        isBegun = true
      }
      takeItems()
    },
    end() {
      // What is left may be several items: those whose beginning was not told from a part.
      const last = isBegun ? JSON.parse(`[${rest}`) : JSON.parse(rest)
      if (!Array.isArray(last)) throw new SyntaxError('no list')
      for (const one of last) others.push(one)
      return { known, others }
    },
  }
}
