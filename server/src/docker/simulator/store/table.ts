type Named = { readonly ID: string }

/** Objects of one kind, by id and by whatever keys the indexes draw from them. */
export class Table<Item extends Named> {
  readonly #items = new Map<string, Item>()
  readonly #indexes: Readonly<Record<string, (item: Item) => string | null>>
  readonly #entries = new Map<string, Map<string, Set<string>>>()
  #sorted: readonly string[] | null = null

  constructor(indexes: Readonly<Record<string, (item: Item) => string | null>> = {}) {
    this.#indexes = indexes
    for (const name of Object.keys(indexes)) this.#entries.set(name, new Map())
  }

  get size(): number {
    return this.#items.size
  }

  has(id: string): boolean {
    return this.#items.has(id)
  }

  get(id: string): Item | undefined {
    return this.#items.get(id)
  }

  /** In the order in which they were made. */
  values(): IterableIterator<Item> {
    return this.#items.values()
  }

  /** In order of their ids, as the engine lists them. */
  *sorted(): Generator<Item> {
    this.#sorted ??= [...this.#items.keys()].sort()
    for (const id of this.#sorted) {
      const item = this.#items.get(id)
      if (item) yield item
    }
  }

  /** Those for which the index draws `key`, in the order in which they came to it. */
  by(index: string, key: string): Item[] {
    const found: Item[] = []
    for (const id of this.#entries.get(index)?.get(key) ?? []) {
      const item = this.#items.get(id)
      if (item) found.push(item)
    }
    return found
  }

  put(item: Item): void {
    const old = this.#items.get(item.ID)
    if (!old) this.#sorted = null
    this.#items.set(item.ID, item)
    for (const [name, keyOf] of Object.entries(this.#indexes)) {
      const before = old ? keyOf(old) : null
      const after = keyOf(item)
      if (before === after) continue
      if (before !== null) this.#drop(name, before, item.ID)
      if (after !== null) this.#add(name, after, item.ID)
    }
  }

  delete(id: string): void {
    const item = this.#items.get(id)
    if (!item) return
    this.#items.delete(id)
    this.#sorted = null
    for (const [name, keyOf] of Object.entries(this.#indexes)) {
      const key = keyOf(item)
      if (key !== null) this.#drop(name, key, id)
    }
  }

  #add(name: string, key: string, id: string): void {
    const keys = this.#entries.get(name)
    const ids = keys?.get(key)
    if (ids) ids.add(id)
    else keys?.set(key, new Set([id]))
  }

  #drop(name: string, key: string, id: string): void {
    const keys = this.#entries.get(name)
    const ids = keys?.get(key)
    ids?.delete(id)
    if (ids?.size === 0) keys?.delete(key)
  }
}
