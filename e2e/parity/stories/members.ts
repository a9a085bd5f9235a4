import type { Session, Versioned } from '../session.ts'
import { type Machine, machines } from '../target.ts'

export type Member = Versioned & {
  Description: { Hostname: Machine }
  Spec: { Labels: Record<string, string>; Role: string; Availability: string }
  Status: { State: string; Message?: string }
  ManagerStatus?: { Leader?: boolean; Reachability: string }
}

export const managers = machines.filter((name) => name.startsWith('m'))

export const membersOf = async (session: Session) =>
  (await session.need('GET', '/nodes')) as Member[]

/** Which machine leads; asked until one does. */
export function leaderOf(session: Session): Promise<Machine> {
  return session.until('somebody to lead', async () => {
    const all = await membersOf(session)
    return all.find(({ ManagerStatus }) => ManagerStatus?.Leader)?.Description.Hostname
  })
}

/** Waits until what one machine is seen as holds. */
export async function seen(
  session: Session,
  machine: Machine,
  what: string,
  holds: (member: Member) => boolean,
): Promise<void> {
  await session.until(
    `${machine} ${what}`,
    async () => holds((await session.need('GET', `/nodes/${machine}`)) as Member),
    70_000,
  )
}

export const isManager = ({ ManagerStatus }: Member) =>
  ManagerStatus?.Reachability === 'reachable'

export const isWorker = ({ ManagerStatus }: Member) => ManagerStatus === undefined

/** A machine as the swarm sees it, for the story that waits for another sight of it. */
const lineOf = ({ Description, Spec, Status, ManagerStatus }: Member): string =>
  [
    `${Description.Hostname} is a ${Spec.Role}, ${Status.State}`,
    Status.Message,
    ManagerStatus?.Reachability,
  ]
    .filter(Boolean)
    .join(', ')

/** Waits until all machines are ready, and all managers reached, as one of them sees it. */
export async function whole(session: Session): Promise<void> {
  await session.until(
    'all to be ready',
    async () => {
      const all = await membersOf(session)
      const isWhole = (member: Member) =>
        member.Status.State === 'ready' &&
        (member.Spec.Role === 'manager' ? isManager(member) : isWorker(member))
      const missing = all.filter((member) => !isWhole(member))
      if (missing.length === 0) return true
      throw new Error(missing.map(lineOf).join('; '))
    },
    70_000,
  )
}
