/**
 * How an object of the swarm begins in the engine's JSON: by its id and its version. A text
 * within it cannot look like this, as its quotes would be escaped; nor does any object within
 * an object begin so after another.
 * @see moby/moby api/types/swarm/task.go, Task
 */
const HEAD = /\{"ID":"([^"\\]{1,100})","Version":\{"Index":(\d{1,16})\}/y
const BETWEEN = '},{"ID":"'

/** Longer than any head. */
const HEAD_LENGTH = 160

/** An object of which no more was looked at: in this version it is known already. */
export type KnownObject = { ID: string; Version: { Index: number }; isKnown: true }

/** Whether it is told as known: no engine's JSON says so. */
export const isKnown = (item: unknown): item is KnownObject =>
  typeof item === 'object' && item !== null && 'isKnown' in item

/**
 * Takes a list of objects apart while it arrives. Of thousands that are listed again and again
 * few are others than before: what is known in its version is not parsed, and none of the text
 * is held for longer than its part.
 * @param versionOf the version in which an object is known; undefined if it is not
 */
export function createListReader(versionOf: (id: string) => number | undefined): {
  push(part: string): void
  /** All items, once there is no more to come. @throws SyntaxError when that is no JSON list */
  end(): unknown[]
} {
  const items: unknown[] = []
  let rest = ''
  let isBegun = false
  let searched = 0

  function item(text: string): unknown {
    HEAD.lastIndex = 0
    const [, id = '', index] = HEAD.exec(text) ?? []
    const version = Number(index)
    if (index === undefined || versionOf(id) !== version) return JSON.parse(text)
    const known: KnownObject = { ID: id, Version: { Index: version }, isKnown: true }
    return known
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
        items.push(item(rest.slice(begin, end + 1)))
        begin = end + 2
      }
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
      const isCut = items.length > 0 && last.length === 0
      if (isCut) throw new SyntaxError('a list that ends in a comma')
      for (const one of last) items.push(one)
      return items
    },
  }
}
