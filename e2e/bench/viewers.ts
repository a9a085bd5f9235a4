import { type ClientRequest, get } from 'node:http'
import { api } from '@skep/shared/paths'

/** Tabs without a browser around them: real connections to the stream, read and dropped. */
export type Viewers = { leave(): Promise<void> }

/** Settles once each of them has got its first bytes. */
export async function inviteViewers(url: string, count: number): Promise<Viewers> {
  const requests = await Promise.all(Array.from({ length: count }, () => view(url)))
  return {
    async leave() {
      for (const request of requests) request.destroy()
    },
  }
}

function view(url: string): Promise<ClientRequest> {
  return new Promise((resolve, reject) => {
    const request = get(url + api.stream(), { agent: false }, (answer) => {
      answer.on('error', () => {}) // It ends by our own leaving.
      answer.once('data', () => resolve(request))
      answer.resume()
    })
    request.on('error', reject)
  })
}
