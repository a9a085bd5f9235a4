import type { Session } from '../session.ts'
import { drained, victim } from '../specs.ts'
import type { Machine } from '../target.ts'
import { filtered, jsonOf } from '../wire.ts'
import {
  isManager,
  isWorker,
  leaderOf,
  type Member,
  managers,
  membersOf,
  seen,
  whole,
} from './members.ts'
import type { Stage } from './story.ts'

type Role = 'manager' | 'worker'

const setRole = async (session: Session, machine: Machine, Role: Role) => {
  const to = ({ Spec }: Member) => ({ ...Spec, Role })
  const { status, body } = await session.change<Member>(`/nodes/${machine}`, to)
  return [`status ${status}`, session.words(body.toString())]
}

/** A worker becomes a manager, and a worker again. */
export async function promotion({ session: first }: Stage): Promise<void> {
  const session = first.at(await leaderOf(first))
  const promoted = session.at(drained)
  const node = `/nodes/${drained}`
  const { Spec } = (await session.need('GET', node)) as Member
  const asked = { ...Spec, Role: 'manager' }
  await session.say('role: promote, old version', 'POST', `${node}/update?version=1`, asked)
  await session.say('role: promote, no version', 'POST', `${node}/update`, asked)
  await session.say(
    'role: promote, no such node',
    'POST',
    '/nodes/nope/update?version=1',
    asked,
  )
  session.tell('role: demote a worker', await setRole(session, drained, 'worker'))
  try {
    session.tell('role: promote', await setRole(session, drained, 'manager'))
    await seen(session, drained, 'to be a manager', isManager)
    await promoted.until('it to answer', () => membersOf(promoted))
    await session.say('role: a promoted node', 'GET', node)
    await promoted.say('role: of a promoted node, info', 'GET', '/info')
    await promoted.say('role: ping of a promoted node', 'GET', '/_ping')
    session.tell('role: promote a manager', await setRole(session, drained, 'manager'))
    const { Version } = (await session.need('GET', node)) as Member
    await session.say(
      'role: demote, old version',
      'POST',
      `${node}/update?version=${Version.Index - 1}`,
      Spec,
    )
    await session.say('role: remove a promoted node', 'DELETE', `${node}?force=1`)
  } finally {
    session.tell('role: demote', await setRole(session, drained, 'worker'))
  }
  await seen(session, drained, 'to be a worker', isWorker)
  await session.say('role: a demoted node', 'GET', node)
  await promoted.until('it to be a worker', async () => {
    const { status, body } = await promoted.ask('GET', '/nodes')
    // On its way down it finds its own door closed, with the same status.
    return status === 503 && !`${body}`.includes('connection error')
  })
  await promoted.say('role: nodes, of a demoted node', 'GET', '/nodes')
  await promoted.say('role: of a demoted node, info', 'GET', '/info')
}

/** What would cost the quorum is refused, and so is a manager that never was one. */
export async function spared({ session: first }: Stage): Promise<void> {
  const leader = await leaderOf(first)
  const session = first.at(leader)
  const [lost = 'm2', other = 'm3'] = managers.filter((name) => name !== leader)
  await session.target.cutPower(victim)
  await session.target.cutPower(lost)
  await seen(session, lost, 'to be missed', ({ ManagerStatus }) => {
    return ManagerStatus?.Reachability === 'unreachable'
  })
  session.tell(
    'role: demote where that would cost the quorum',
    await setRole(session, other, 'worker'),
  )
  await seen(session, victim, 'to be down', ({ Status }) => Status.State === 'down')
  session.tell(
    'role: promote a node that is off',
    await setRole(session, victim, 'manager'),
  )
  session.tell(
    'role: demote a node that has not joined the managers',
    await setRole(session, victim, 'worker'),
  )
  await session.say('role: a node that has not joined', 'GET', `/nodes/${victim}`)
  await session.target.powerOn(victim)
  await session.target.powerOn(lost)
  await seen(session, victim, 'to join the managers', isManager)
  session.tell('role: demote it once it has', await setRole(session, victim, 'worker'))
  await whole(session)
}

/** By the role that is observed, which follows the one asked for and the raft members. */
const managersLeft = (session: Session, count: number): Promise<boolean> =>
  session.until(`${count} managers by role`, async () => {
    const found = jsonOf(
      await session.ask('GET', filtered('/nodes', { role: ['manager'] })),
    )
    return Array.isArray(found) && found.length === count
  })

/** All managers but one are demoted, and promoted again; that one stays. */
export async function last({ session: first }: Stage): Promise<void> {
  const leader = await leaderOf(first)
  const session = first.at(leader)
  const others = managers.filter((name) => name !== leader)
  try {
    for (const [index, name] of others.entries()) {
      session.tell(
        `role: demote manager ${index + 1} of 3`,
        await setRole(session, name, 'worker'),
      )
      await seen(session, name, 'to be a worker', isWorker)
      await written(session, name)
      await managersLeft(session, 2 - index)
      await session.say(`role: with ${2 - index} managers, info`, 'GET', '/info')
    }
    session.tell('role: demote the last manager', await setRole(session, leader, 'worker'))
    await session.say('role: the last manager', 'GET', `/nodes/${leader}`)
    await session.say('role: swarm leave of the last manager', 'POST', '/swarm/leave')
  } finally {
    for (const name of others) {
      await setRole(session, name, 'manager')
      await seen(session, name, 'to be a manager again', isManager)
    }
    await whole(session)
  }
}

/** It leaves raft first: that it is a worker is written after that. */
async function written(session: Session, machine: Machine): Promise<void> {
  await session.until(`${machine} to be counted as a worker`, async () => {
    const path = filtered('/nodes', { role: ['worker'] })
    const all = (await session.need('GET', path)) as Member[]
    return all.some(({ Description }) => Description.Hostname === machine)
  })
}
