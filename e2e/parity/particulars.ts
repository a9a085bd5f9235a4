import type { Particulars } from './normalise.ts'
import { ask, jsonOf } from './wire.ts'

/** What an engine says of itself that no other need say. */
export async function particularsOf(socket: string): Promise<Particulars> {
  const answer = await ask(socket, { method: 'GET', path: '/version' })
  // The call named "version" holds the answer to its shape.
  const said = jsonOf(answer) as Record<string, string>
  return {
    engine: said.Version ?? '',
    api: said.ApiVersion ?? '',
    minApi: said.MinAPIVersion ?? '',
  }
}
