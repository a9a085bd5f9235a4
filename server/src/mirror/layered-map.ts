/**
 * The map with some of its keys changed; it itself never does. Of a large one what did not
 * change is shared and not copied: of a thousand services one changes at a time, and to copy
 * the others takes longer than all else that is done for it here. In the order of the map,
 * what is new at the end, unless it was there not long ago.
 * @param changes undefined under keys that are to be gone
 */
export function withChanges<K, V extends object>(
  map: ReadonlyMap<K, V>,
  changes: ReadonlyMap<K, V | undefined>,
): ReadonlyMap<K, V> {
  const { below, above, made } = layersOf(map)
  const all = new Map([...above, ...changes])
  const madeNow = made + changes.size
  return below.size < worthIt || madeNow > most
    ? flattened(below, all)
    : new LayeredMap({ below, above: all, made: madeNow })
}

/** Below so many entries, to copy them all is the least that can be done. */
const worthIt = 100

/** After so many changes a map is copied after all: what they replaced is still held below. */
const most = 64

type Layers<K, V> = {
  readonly below: ReadonlyMap<K, V>
  readonly above: ReadonlyMap<K, V | undefined>
  /** How many changes were made since the map below was: more than there are keys above. */
  readonly made: number
}

const layersOf = <K, V>(map: ReadonlyMap<K, V>): Layers<K, V> =>
  map instanceof LayeredMap ? map.layers : { below: map, above: new Map(), made: 0 }

function flattened<K, V>(below: Layers<K, V>['below'], above: Layers<K, V>['above']) {
  const map = new Map<K, V>()
  // Not `new Map(below)`, which makes a pair of each.
  below.forEach((value, key) => {
    map.set(key, value)
  })
  for (const [key, value] of above) {
    if (value === undefined) map.delete(key)
    else map.set(key, value)
  }
  return map
}

class LayeredMap<K, V> implements ReadonlyMap<K, V> {
  readonly layers: Layers<K, V>
  readonly size: number

  constructor(layers: Layers<K, V>) {
    this.layers = layers
    const { below, above } = layers
    let size = below.size
    for (const [key, value] of above) {
      if (value === undefined) size -= below.has(key) ? 1 : 0
      else size += below.has(key) ? 0 : 1
    }
    this.size = size
  }

  get(key: K): V | undefined {
    const { below, above } = this.layers
    return above.has(key) ? above.get(key) : below.get(key)
  }

  has(key: K): boolean {
    return this.get(key) !== undefined
  }

  forEach(visit: (value: V, key: K, map: ReadonlyMap<K, V>) => void): void {
    const { below, above } = this.layers
    below.forEach((held, key) => {
      const value = above.has(key) ? above.get(key) : held
      if (value !== undefined) visit(value, key, this)
    })
    above.forEach((value, key) => {
      if (value !== undefined && !below.has(key)) visit(value, key, this)
    })
  }

  *entries(): MapIterator<[K, V]> {
    const { below, above } = this.layers
    for (const [key, held] of below) {
      const value = above.has(key) ? above.get(key) : held
      if (value !== undefined) yield [key, value]
    }
    for (const [key, value] of above) {
      if (value !== undefined && !below.has(key)) yield [key, value]
    }
  }

  *keys(): MapIterator<K> {
    for (const [key] of this.entries()) yield key
  }

  *values(): MapIterator<V> {
    for (const [, value] of this.entries()) yield value
  }

  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.entries()
  }
}
