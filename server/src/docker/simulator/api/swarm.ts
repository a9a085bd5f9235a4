import { newToken, newUnlockKey } from '../cluster.ts'
import { NO_SWARM, NOT_A_MANAGER, NOT_IN_SWARM } from '../managers/texts.ts'
import type { ClusterSpec } from '../store/specs.ts'
import { type Call, EMPTY, flag, json } from './call.ts'
import { fieldsOf, labelsOf, textOf } from './fields.ts'
import { versionOf } from './find.ts'
import { invalid, outOfSequence, Problem } from './problem.ts'
import type { Routes } from './router.ts'

const UNLOCK_KEY = /^SWMKEY-1-[A-Za-z0-9+/]{43}$/

export const SWARM_ROUTES: Routes = {
  'GET /swarm': ({ swarm }) => {
    const { hidden, ...cluster } = swarm.store.cluster
    return json({
      ...cluster,
      DefaultAddrPool: null,
      SubnetSize: 24,
      DataPathPort: 4789,
      JoinTokens: { Worker: hidden.workerToken, Manager: hidden.managerToken },
    })
  },

  'POST /swarm/update': ({ swarm, query, body }) => {
    const version = versionOf(query, 'swarm')
    const spec = specOf(body)
    const { store, random } = swarm
    if (version !== store.cluster.Version.Index) throw outOfSequence()
    const rotates = (name: string) => flag(query, name)
    store.commit(() =>
      store.update('cluster', store.cluster.ID, (old) => {
        const locksNow =
          spec.EncryptionConfig.AutoLockManagers &&
          !old.Spec.EncryptionConfig.AutoLockManagers
        const { workerToken, managerToken, unlockKey } = old.hidden
        const newKey = locksNow || rotates('rotateManagerUnlockKey')
        return {
          ...old,
          Spec: spec,
          hidden: {
            workerToken: rotates('rotateWorkerToken') ? newToken({ random }) : workerToken,
            managerToken: rotates('rotateManagerToken')
              ? newToken({ random })
              : managerToken,
            unlockKey: newKey ? newUnlockKey({ random }) : unlockKey,
          },
        }
      }),
    )
    return EMPTY
  },

  'GET /swarm/unlockkey': ({ swarm }) => {
    const { Spec, hidden } = swarm.store.cluster
    const { AutoLockManagers } = Spec.EncryptionConfig
    return json({ UnlockKey: AutoLockManagers ? hidden.unlockKey : '' })
  },

  // @see moby/moby daemon/cluster/swarm.go UnlockSwarm: where it is not locked, no key is read
  'POST /swarm/unlock': ({ swarm, nodeId, body, machine }) => {
    const key = textOf(fieldsOf(body).UnlockKey)
    if (!swarm.managers.isLocked(nodeId)) {
      if (machine.hasLeft) throw new Problem(503, NO_SWARM)
      if (!swarm.managers.members.has(nodeId)) throw new Problem(503, NOT_A_MANAGER)
      throw new Problem(409, 'swarm is not locked')
    }
    if (!UNLOCK_KEY.test(key)) throw new Problem(400, 'invalid key string')
    if (key !== swarm.store.cluster.hidden.unlockKey) {
      throw new Problem(401, 'swarm could not be unlocked: invalid key provided')
    }
    swarm.unlock(nodeId)
    return EMPTY
  },

  'POST /swarm/leave': (call) => leave(call),
  'POST /swarm/init': alreadyIn,
  'POST /swarm/join': alreadyIn,
}

function alreadyIn(): never {
  throw new Problem(
    503,
    'This node is already part of a swarm. Use "docker swarm leave" to leave this swarm and join another one.',
  )
}

/** @see moby/moby daemon/cluster/swarm.go Leave */
function leave({ swarm, nodeId, machine, query }: Call) {
  const { members, present } = swarm.managers
  if (machine.hasLeft) throw new Problem(503, NOT_IN_SWARM)
  if (swarm.managers.isLocked(nodeId) && !flag(query, 'force')) {
    throw new Problem(
      503,
      'Swarm is encrypted and locked. Please unlock it first or use `--force` to ignore this message.',
    )
  }
  if (members.has(nodeId) && !flag(query, 'force')) {
    const about =
      'You are attempting to leave the swarm on a node that is participating as a manager. '
    const lost = members.size - present.length
    if (members.size === 1) {
      throw new Problem(
        503,
        `${about}Removing the last manager erases all current state of the swarm. Use \`--force\` to ignore this message. `,
      )
    }
    // Without a leader nobody can tell how many are there.
    const warning =
      swarm.managers.canRead(nodeId) && present.length - 2 <= lost
        ? `Removing this node leaves ${present.length - 1} managers out of ${members.size}. Without a Raft quorum your swarm will be inaccessible. `
        : ''
    throw new Problem(
      503,
      `${about}${warning}The only way to restore a swarm that has lost consensus is to reinitialize it with \`--force-new-cluster\`. Use \`--force\` to suppress this message.`,
    )
  }
  swarm.leave(nodeId)
  return EMPTY
}

/** What is left out goes back to its default, which for the most is nothing. */
function specOf(body: unknown): ClusterSpec {
  const sent = fieldsOf(body)
  const name = textOf(sent.Name)
  if (name !== 'default') throw invalid('swarm spec must be named "default"')
  const limit = fieldsOf(sent.Orchestration).TaskHistoryRetentionLimit
  const { HeartbeatPeriod } = fieldsOf(sent.Dispatcher)
  const { AutoLockManagers } = fieldsOf(sent.EncryptionConfig)
  return {
    ...sent,
    Name: name,
    Labels: labelsOf(sent.Labels),
    Orchestration: typeof limit === 'number' ? { TaskHistoryRetentionLimit: limit } : {},
    Dispatcher: typeof HeartbeatPeriod === 'number' ? { HeartbeatPeriod } : {},
    CAConfig: withoutKey(fieldsOf(sent.CAConfig)),
    EncryptionConfig: { AutoLockManagers: AutoLockManagers === true },
  }
}

/**
 * Nobody is told the key that the swarm signs with.
 * @see moby/swarmkit manager/controlapi/cluster.go redactClusters
 */
function withoutKey(config: Record<string, unknown>): Record<string, unknown> {
  const { SigningCAKey: _, SigningCACert: __, ...shown } = config
  return shown
}
