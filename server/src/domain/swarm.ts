import type { Swarm } from '@skep/shared/contract/swarm'
import { instant } from './instant.ts'
import { nodeNames } from './names.ts'
import { awaitsNewLeader } from './node-facts.ts'
import { type Quorum, quorum } from './quorum.ts'
import type { Millis, Node, SwarmFacts } from './state.ts'
import { counted } from './words.ts'

/**
 * The swarm as a whole, with a sentence for each state it can be in and what to do next.
 * @param settlingUntil until when silent nodes mean nothing, after a leader change
 */
export function swarmView(
  facts: SwarmFacts,
  nodes: ReadonlyMap<string, Node>,
  settlingUntil: Millis | null,
  now: Millis,
): Swarm {
  const known = quorum(nodes.values())
  const managers = facts.state === 'no-quorum' ? withoutQuorum(known) : known
  const leader = [...nodes.values()].find(({ manager }) => manager?.leader)
  const settling = settlingUntil !== null && now < settlingUntil
  const silent = settling ? [...nodes.values()].filter(awaitsNewLeader).length : 0
  return {
    id: facts.id,
    state: facts.state,
    ...words(facts, managers, silent, nodes),
    since: instant(facts.since),
    cause: facts.cause,
    managers: {
      total: managers.total,
      reachable: managers.reachable,
      canLose: managers.canLose,
    },
    leader: (leader && nodeNames(nodes).get(leader.id)) ?? null,
    endpoint: facts.endpoint,
    engineVersion: facts.engineVersion,
    apiVersion: facts.apiVersion,
    feed: facts.feed,
    simulation: facts.simulatedSpeed === null ? null : { speed: facts.simulatedSpeed },
  }
}

/** Without a leader nobody says who is reachable; that too few are is all that is known. */
const withoutQuorum = (known: Quorum): Quorum => ({
  ...known,
  reachable: Math.min(known.reachable, known.needed - 1),
  canLose: 0,
})

type Words = { sentence: string; next: string | null }

function words(
  facts: SwarmFacts,
  managers: Quorum,
  silent: number,
  nodes: ReadonlyMap<string, Node>,
): Words {
  switch (facts.state) {
    case 'connecting':
      return { sentence: 'Connecting to the swarm.', next: null }
    case 'live':
      return liveWords(managers, silent, nodes)
    case 'electing':
      return {
        // A call that hangs is all there is to see: which of the two it is, nobody tells.
        sentence:
          'No answer in time: the managers are electing a leader, or are busy. Running tasks continue.',
        next: 'Wait: an election takes less than half a minute. If it lasts longer, look at the load of the managers.',
      }
    case 'no-quorum':
      return {
        sentence: `The swarm cannot accept changes: ${tooFew(managers)}. Running tasks continue.`,
        next: 'Start the managers that are away. If they are lost for good, run `docker swarm init --force-new-cluster` on one that is left.',
      }
    case 'locked':
      return {
        sentence: 'This manager is locked. Running tasks on other nodes continue.',
        next: 'Run `docker swarm unlock` on it, with the unlock key.',
      }
    case 'not-a-manager':
      return {
        sentence: 'This engine is not a swarm manager.',
        next: 'Point DOCKER_HOST or SKEP_DOCKER_HOSTS at a manager, or promote this node with `docker node promote`.',
      }
    case 'no-swarm':
      return {
        sentence: 'This engine is not part of a swarm.',
        next: 'Point DOCKER_HOST or SKEP_DOCKER_HOSTS at a manager, or start a swarm with `docker swarm init`.',
      }
    case 'certificates-expired':
      return {
        sentence: 'The certificates of this node have expired: the swarm shuts it out.',
        next: 'Let the node leave the swarm and join again.',
      }
    case 'engine-away':
      return {
        sentence: `No answer from the engine at ${facts.endpoint}.`,
        next: 'Check that the engine runs, and that the console can reach it.',
      }
    case 'engine-failing':
      return {
        sentence: `The engine at ${facts.endpoint} answers, but not with facts.`,
        next: "Read its own words below, and the engine's log.",
      }
    case 'denied':
      return {
        sentence: `The engine at ${facts.endpoint} refuses the console.`,
        next: "Check who may use the engine's socket, or the client certificate.",
      }
  }
}

function liveWords(
  { total, reachable, canLose, needed }: Quorum,
  silent: number,
  nodes: ReadonlyMap<string, Node>,
): Words {
  if (silent > 0) {
    const have = counted(silent, 'node has', 'nodes have')
    return {
      sentence: `The swarm has a new leader; ${have} yet to report to it.`,
      next: null,
    }
  }
  if (total === 0) return { sentence: 'The swarm answers.', next: null }
  const counts = `${reachable} of ${total} managers reachable`
  if (reachable === total) {
    if (total === 1) return { sentence: 'The one manager is reachable.', next: null }
    const spare = canLose === 0 ? 'none' : `${canLose}`
    return { sentence: `${counts}; the swarm can lose ${spare}.`, next: null }
  }
  const away = [...nodes.values()].filter(
    ({ manager }) => manager && manager.reachability !== 'reachable',
  )
  const names = away.map(({ id }) => nodeNames(nodes).get(id) ?? id).join(', ')
  const risk =
    reachable <= needed ? 'losing one more stops all changes' : `it can lose ${canLose}`
  return {
    sentence: `${counts}; ${risk}.`,
    next: `Bring ${names} back, or demote what is lost and promote another node.`,
  }
}

/** Before the managers were ever read, nobody can say how many there are. */
const tooFew = ({ total, needed }: Quorum): string =>
  total === 0
    ? 'too few managers are reachable'
    : `fewer than ${needed} of ${total} managers are reachable`
