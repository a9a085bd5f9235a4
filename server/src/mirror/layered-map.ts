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
  // A map that small has nothing above it.
  if (below.size < worthIt) return flattened({ below, above: changes })
  const layers = {
    below,
    above: new Map([...above, ...changes]),
    made: made + changes.size,
  }
  return layers.made > most ? flattened(layers) : new LayeredMap(layers)
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

function flattened<K, V>({
  below,
  above,
}: Pick<Layers<K, V>, 'below' | 'above'>): Map<K, V> {
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

/** Made for looking things up: whoever goes through all of it has it copied. */
class LayeredMap<K, V> implements ReadonlyMap<K, V> {
  readonly layers: Layers<K, V>

  constructor(layers: Layers<K, V>) {
    this.layers = layers
  }

  get size(): number {
    const { below, above } = this.layers
    let size = below.size
    for (const [key, value] of above) {
      size += Number(value !== undefined) - Number(below.has(key))
    }
    return size
  }

  get(key: K): V | undefined {
    const { below, above } = this.layers
    return above.has(key) ? above.get(key) : below.get(key)
  }

  has(key: K): boolean {
    return this.get(key) !== undefined
  }

  forEach(visit: (value: V, key: K, map: ReadonlyMap<K, V>) => void): void {
    flattened(this.layers).forEach((value, key) => {
      visit(value, key, this)
    })
  }

  entries(): MapIterator<[K, V]> {
    return flattened(this.layers).entries()
  }

  keys(): MapIterator<K> {
    return flattened(this.layers).keys()
  }

  values(): MapIterator<V> {
    return flattened(this.layers).values()
  }

  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.entries()
  }
}
