import { setTimeout as pause } from 'node:timers/promises'
import type { Page, Response } from '@playwright/test'
import { api } from '@skep/shared/paths'
import type { Console } from './console.ts'

/** Between two tries to follow the stream of a console that is away, in milliseconds. */
const pauseBetween = 250

/** Whatever a console said while a story was told. */
export type Ear = {
  /** By where it was said: in the stream, or in answer to which request of the page. */
  heard(): Promise<[where: string, bytes: Buffer][]>
  close(): void
}

/**
 * Hears every frame of a console's stream, over its restarts, and every answer that a page
 * gets, with the address that was asked.
 */
export function listen(skep: Console, page: Page): Ear {
  const gone = new AbortController()
  const frames: Buffer[] = []
  const answers: Promise<[string, Buffer]>[] = []
  const hear = (response: Response) => {
    answers.push(told(response))
  }
  page.on('response', hear)
  void follow(skep.url + api.stream(), gone.signal, (part) => frames.push(part))
  return {
    heard: async () => [
      ['the stream, all of it', Buffer.concat(frames)],
      ...(await Promise.all(answers)),
    ],
    close: () => {
      page.off('response', hear)
      gone.abort()
    },
  }
}

async function follow(
  url: string,
  signal: AbortSignal,
  take: (part: Buffer) => void,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const { body } = await fetch(url, { signal })
      for await (const part of body ?? []) take(Buffer.from(part))
    } catch {
      // Away, or told to stop.
    }
    await pause(pauseBetween)
  }
}

/** The stream of the page never ends, and is heard by itself; what was left has no body. */
async function told(response: Response): Promise<[string, Buffer]> {
  const address = response.url()
  const isStream = response.headers()['content-type']?.startsWith('text/event-stream')
  const body = isStream ? Buffer.alloc(0) : await response.body().catch(() => null)
  return [
    `the answer to ${address}`,
    Buffer.concat([Buffer.from(`${address}\n`), body ?? Buffer.alloc(0)]),
  ]
}
