import { setTimeout as pause } from 'node:timers/promises'
import type { Page, Response } from '@playwright/test'
import { api } from '@skep/shared/paths'
import type { Console } from './console.ts'

/** Between two tries to follow the stream of a console that is away, in milliseconds. */
const pauseBetween = 250

/** Whatever a console said while a story was told. */
export type Ear = {
  heard(): Promise<Heard>
  close(): void
}

type Heard = {
  /** By where it was said: in the stream, or in answer to which request of the page. */
  said: [where: string, bytes: Buffer][]
  /** The requests of the page in whose answers there was a text that could not be read. */
  unread: string[]
}

/** The body is null where it is a text that could not be read. */
type Told = { response: Response; body: Buffer | null }

/**
 * Hears every frame of a console's stream, over its restarts, and every answer that a page
 * gets, if the story has one, with the address that was asked.
 */
export function listen(skep: Console, page?: Page): Ear {
  const gone = new AbortController()
  const frames: Buffer[] = []
  const answers: Promise<Told>[] = []
  const hear = (response: Response) => {
    answers.push(told(response))
  }
  page?.on('response', hear)
  void follow(skep.url + api.stream(), gone.signal, (part) => frames.push(part))
  return {
    async heard() {
      const said: Heard['said'] = [['the stream, all of it', Buffer.concat(frames)]]
      const unread: string[] = []
      for (const { response, body } of await Promise.all(answers)) {
        const address = response.url()
        const bytes = body ?? (await again(response))
        if (bytes === null) unread.push(`${response.request().method()} ${address}`)
        const told = Buffer.concat([Buffer.from(`${address}\n`), bytes ?? nothing])
        said.push([`the answer to ${address}`, told])
      }
      return { said, unread }
    },
    close: () => {
      page?.off('response', hear)
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

/** What may hold a value that can be read: no picture, no font. */
const isText = /^(?:text\/|application\/(?:[\w.]+\+)?(?:json|xml|javascript)|image\/svg)/

const nothing = Buffer.alloc(0)

/** Answers without a body. */
const isEmpty = (status: number): boolean =>
  status === 204 || (status >= 300 && status < 400)

/** The stream of the page never ends, and is heard by itself. */
async function told(response: Response): Promise<Told> {
  const type = response.headers()['content-type'] ?? ''
  if (type.startsWith('text/event-stream') || isEmpty(response.status()))
    return { response, body: nothing }
  const body = await response.body().catch(() => (isText.test(type) ? null : nothing))
  return { response, body }
}

/**
 * A page that leaves takes the answers along that it was still waiting for, and so does a
 * console that is killed: what only looks is asked for once more, at the end. Null for what
 * changes something, or is written down when it is asked for.
 */
async function again(response: Response): Promise<Buffer | null> {
  const isLook = response.request().method() === 'GET' && !/reveal=/.test(response.url())
  if (!isLook) return null
  try {
    return Buffer.from(await (await fetch(response.url())).arrayBuffer())
  } catch {
    return null
  }
}
