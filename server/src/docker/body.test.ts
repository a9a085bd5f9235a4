import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { expect, test, vi } from 'vitest'
import { readText } from './body.ts'

test('a text is whole, wherever the network cut it, and each part of it is heard', async () => {
  const bytes = Buffer.from('naïve 蜂 🐝')
  for (let cut = 1; cut < bytes.length; cut += 1) {
    const parts = Readable.from([bytes.subarray(0, cut), bytes.subarray(cut)], {
      objectMode: false,
    })
    const heard = vi.fn()
    // It has what an answer is read by.
    const text = await readText(parts as IncomingMessage, heard)
    expect(text).toBe('naïve 蜂 🐝')
    expect(heard).toHaveBeenCalled()
  }
})
