import fc from 'fast-check'

/** The same bytes, cut into chunks in every thinkable way. */
export function chunkings(bytes: Uint8Array): fc.Arbitrary<Uint8Array[]> {
  return fc.array(fc.nat(bytes.length), { maxLength: 40 }).map((cuts) => {
    const edges = [0, ...cuts.sort((a, b) => a - b), bytes.length]
    return edges.slice(1).map((end, index) => bytes.subarray(edges[index], end))
  })
}

/** A frame of a multiplexed log stream. */
export function frame(type: number, payload: string): Buffer {
  const body = Buffer.from(payload)
  const header = Buffer.alloc(8)
  header.writeUInt8(type, 0)
  header.writeUInt32BE(body.length, 4)
  return Buffer.concat([header, body])
}

export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = []
  for await (const item of items) found.push(item)
  return found
}
