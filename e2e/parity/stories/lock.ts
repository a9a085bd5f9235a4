import type { Session, Versioned } from '../session.ts'
import { serviceSpec } from '../specs.ts'
import { type Answer, jsonOf } from '../wire.ts'
import { isManager, leaderOf, managers, seen, whole } from './members.ts'
import type { Stage } from './story.ts'

type Swarm = Versioned & { Spec: { EncryptionConfig: object } }

/** Of the right form, and of no swarm. */
const WRONG = `SWMKEY-1-${'A'.repeat(43)}`

const setLock = async (session: Session, AutoLockManagers: boolean, query = '') => {
  const to = ({ Spec }: Swarm) => ({ ...Spec, EncryptionConfig: { AutoLockManagers } })
  const { status, body } = await session.change<Swarm>('/swarm', to, query)
  return [`status ${status}`, session.words(body.toString())]
}

/** Kept in this process, and told nowhere. */
const keyOf = async (session: Session): Promise<string> => {
  const said = (await session.need('GET', '/swarm/unlockkey')) as { UnlockKey: string }
  return said.UnlockKey
}

/** Managers are locked, one restarts and asks for the key, and gets it. */
export async function autolock({ session: first }: Stage): Promise<void> {
  const leader = await leaderOf(first)
  const session = first.at(leader)
  const locked = managers.find((name) => name !== leader) ?? 'm3'
  const other = session.at(locked)
  for (const [name, body] of Object.entries({
    'a wrong key': { UnlockKey: WRONG },
    'no key': {},
    'what is no key': { UnlockKey: 'x' },
    'a body cut short': '{"Unlock',
  })) {
    await session.say(`unlock, not locked, ${name}`, 'POST', '/swarm/unlock', body)
    await session.at('w1').say(`unlock, a worker, ${name}`, 'POST', '/swarm/unlock', body)
  }
  session.tell(
    'autolock off, the key is rotated',
    await setLock(session, false, '&rotateManagerUnlockKey=true'),
  )
  await session.say('autolock off, key', 'GET', '/swarm/unlockkey')
  try {
    session.tell('autolock on', await setLock(session, true))
    await session.say('autolock on, swarm', 'GET', '/swarm')
    await session.say('autolock on, key', 'GET', '/swarm/unlockkey')
    await other.say('autolock on, key of another manager', 'GET', '/swarm/unlockkey')
    const key = await keyOf(session)
    session.tell('autolock on, again', await setLock(session, true))
    const same = await keyOf(session)
    session.tell(
      'autolock on, the key is rotated',
      await setLock(session, true, '&rotateManagerUnlockKey=true'),
    )
    const rotated = await keyOf(session)
    session.tell('autolock, keys', [
      `the same after an update without a rotation: ${same === key}`,
      `the same after a rotation: ${rotated === key}`,
      `the same from every manager: ${(await keyOf(other)) === rotated}`,
    ])
    await session.say('unlock, autolock on', 'POST', '/swarm/unlock', { UnlockKey: WRONG })
    await restart(other, locked)
    await whenLocked(session, other, locked)
    const { status, body } = await unlock(
      other,
      session.target.forgets ? [rotated, key] : [rotated],
    )
    session.tell('locked: unlock', [`status ${status}`, session.words(`${body}`)])
    await other.until('it to answer', () => other.need('GET', '/nodes'))
    await seen(session, locked, 'to be a manager again', isManager)
    // It answers as a manager a moment before its own node is part of the swarm again.
    await other.until('its node to be active', async () => {
      const { Swarm } = (await other.need('GET', '/info')) as {
        Swarm: { LocalNodeState: string }
      }
      return Swarm.LocalNodeState === 'active'
    })
    await other.say('unlocked: ping', 'GET', '/_ping')
    await other.say('unlocked: info', 'GET', '/info')
  } finally {
    session.tell('autolock off', await setLock(session, false))
  }
  await session.say('autolock off again, key', 'GET', '/swarm/unlockkey')
  await whole(session)
}

/**
 * Unlocks with the first key that fits. A manager that lost its power before it wrote down
 * the key that was rotated opens with the one before, which is why Docker's manual ("Lock
 * your swarm to protect its encryption key") has people keep that for some minutes.
 */
async function unlock(session: Session, keys: readonly string[]): Promise<Answer> {
  const [UnlockKey, ...others] = keys
  const answer = await session.ask('POST', '/swarm/unlock', { UnlockKey })
  const isRefused = `${answer.body}`.includes('invalid key')
  return isRefused && others.length > 0 ? unlock(session, others) : answer
}

async function restart(session: Session, machine: (typeof managers)[number]) {
  await session.target.cutPower(machine)
  await session.target.powerOn(machine)
  await session.until('it to ask for the key', async () => {
    const { Swarm } = jsonOf(await session.ask('GET', '/info')) as {
      Swarm: { LocalNodeState: string }
    }
    return Swarm.LocalNodeState === 'locked'
  })
}

async function whenLocked(
  session: Session,
  other: Session,
  locked: (typeof managers)[number],
): Promise<void> {
  await other.say('locked: ping', 'GET', '/_ping')
  await other.say('locked: info', 'GET', '/info')
  for (const path of ['/nodes', '/services', '/tasks', '/swarm', '/secrets', '/configs'])
    await other.say(`locked: GET ${path}`, 'GET', path)
  await other.say('locked: key', 'GET', '/swarm/unlockkey')
  const spec = serviceSpec('while-locked', { replicas: 0 })
  await other.say('locked: service create', 'POST', '/services/create', spec)
  await other.say('locked: swarm update', 'POST', '/swarm/update?version=1', {})
  await other.say('locked: swarm leave, unforced', 'POST', '/swarm/leave')
  for (const [name, body] of Object.entries({
    'a wrong key': { UnlockKey: WRONG },
    'no key': {},
    'what is no key': { UnlockKey: 'x' },
    'a body cut short': '{"Unlock',
  }))
    await other.say(`locked: unlock, ${name}`, 'POST', '/swarm/unlock', body)
  await seen(
    session,
    locked,
    'to be missed',
    ({ Status, ManagerStatus }) =>
      Status.State === 'down' && ManagerStatus?.Reachability === 'unreachable',
  )
  await session.say('locked: the node, as the others see it', 'GET', `/nodes/${locked}`)
}
