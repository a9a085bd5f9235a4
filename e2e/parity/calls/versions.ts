import { observed } from '../observation.ts'
import type { Session } from '../session.ts'

const PATHS = ['swarm', 'version', 'info', 'nodes/nope']

/** What is in these changes while other parts are played. */
const LISTS = ['nodes', 'services', 'tasks']

/** Calls by the paths of older clients, and of ones that this engine is too old or too new for. */
export async function versions(session: Session): Promise<void> {
  for (const version of ['1.24', '1.39']) {
    for (const path of PATHS)
      await session.say(`API ${version}: GET /${path}`, 'GET', `/v${version}/${path}`)
    for (const path of LISTS) await taken(session, version, 'GET', path)
    await session.say(
      `API ${version}: service create, body cut short`,
      'POST',
      `/v${version}/services/create`,
      '{"Name": "a"',
    )
    await session.say(`API ${version}: an unknown path`, 'GET', `/v${version}/nonsense`)
  }
  for (const version of ['1.11', '1.12', '1.23', '1.99', '2.0', '1.024'])
    await taken(session, version, 'GET', 'info')
  await taken(session, '1.12', 'HEAD', '_ping')
  await taken(session, '1.99', 'POST', 'services/create')
}

/** Tells a refusal whole, and of anything else that it was none. */
async function taken(
  session: Session,
  version: string,
  method: string,
  path: string,
): Promise<void> {
  const answer = await session.ask(method, `/v${version}/${path}`)
  const body = answer.status >= 400 ? answer.body : Buffer.alloc(0)
  const said = observed({ ...answer, body }, session.target.particulars)
  session.tell(`API ${version}: ${method} /${path}`, said)
}
