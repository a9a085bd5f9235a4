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

/** An object of which no more was looked at: in this version it is known already. */
export type KnownObject = { ID: string; Version: { Index: number }; isKnown: true }

/** Whether it is told as known: no engine's JSON says so. */
export const isKnown = (item: unknown): item is KnownObject =>
  typeof item === 'object' && item !== null && 'isKnown' in item

/**
 * Takes a list of objects apart while it arrives. Of thousands that are listed again and again
 * few are others than before: what is known in its version is not parsed, and none of the text
 * is held for longer than its part.
 * @param find what is known of an object by its id; undefined where that is nothing
 */
export function createListReader(find: (id: string) => Known | undefined): {
  push(part: string): void
  /** All items, once there is no more to come. @throws SyntaxError when that is no JSON list */
  end(): unknown[]
} {
  const items: unknown[] = []
  let rest = ''
  let isBegun = false
  let searched = 0
  let isOne = true

  /** @param isOne whether nothing in it looks as if another object began there */
  function take(text: string, isOne: boolean) {
    HEAD.lastIndex = 0
    const [, id = '', index] = HEAD.exec(text) ?? []
    const found = isOne ? find(id) : undefined
    if (found === undefined || found.version !== Number(index)) {
      for (const item of JSON.parse(`[${text}]`)) items.push(item)
      return
    }
    // Not the id as it was found here: a piece of a text keeps all of it alive.
    const known: KnownObject = {
      ID: found.id,
      Version: { Index: found.version },
      isKnown: true,
    }
    items.push(known)
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
        take(rest.slice(begin, end + 1), isOne)
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
      for (const one of last) items.push(one)
      return items
    },
  }
}
