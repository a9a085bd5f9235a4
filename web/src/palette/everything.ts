import type { StoredEntry } from '@skep/shared/contract/stored'
import type { Volume } from '@skep/shared/contract/volume'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useClusterIfAny } from '../cluster/queries.ts'
import { storedQuery, volumesQuery } from '../cluster/stored.ts'
import { counted } from '../ui/words.ts'
import type { Everything, Named } from './entries.ts'

/** What is there, and which lists of it are still being read, or cannot be. */
export type Known = {
  everything: Everything
  reading: string[]
  unread: string[]
}

/**
 * All that has a name. Services and nodes are on the stream; the lists of the others are
 * read when this is first rendered, unless a page has just done so.
 */
export function useEverything(): Known {
  const services = useClusterIfAny((cluster) => cluster.services)
  const nodes = useClusterIfAny((cluster) => cluster.nodes)
  const secrets = useQuery(storedQuery('secret'))
  const configs = useQuery(storedQuery('config'))
  const volumes = useQuery(volumesQuery)
  const everything = useMemo(
    () => ({
      services: Object.values(services ?? {}).map(({ name, convergence }) => ({
        name,
        detail: convergence.sentence,
      })),
      nodes: Object.values(nodes ?? {}).map(({ name, sentence }) => ({
        name,
        detail: sentence,
      })),
      secrets: (secrets.data?.items ?? []).map(namedStored),
      configs: (configs.data?.items ?? []).map(namedStored),
      volumes: namedVolumes(volumes.data?.items ?? []),
    }),
    [services, nodes, secrets.data, configs.data, volumes.data],
  )
  const lists = Object.entries({ secrets, configs, volumes })
  const which = (is: (list: typeof secrets | typeof configs | typeof volumes) => boolean) =>
    lists.filter(([, list]) => is(list)).map(([name]) => name)
  return {
    everything,
    reading: which(({ isPending }) => isPending),
    unread: which(({ isError, data }) => isError && data === undefined),
  }
}

const namedStored = ({ name, consumers, flags }: StoredEntry): Named => ({
  name,
  detail: flags.includes('only-rollback')
    ? 'held by rollback targets only'
    : `used by ${usersOf(consumers.length, flags.includes('unused'))}`,
})

/** What no service uses, the driver of a cluster volume may. */
const usersOf = (services: number, isUnused: boolean): string =>
  services > 0 ? counted(services, 'service') : isUnused ? 'nobody' : 'no service'

/** One for each name: of another driver there may be another one, on the same page. */
function namedVolumes(volumes: readonly Volume[]): Named[] {
  const byName = Map.groupBy(volumes, ({ name }) => name)
  return [...byName]
    .filter(([name]) => name !== '')
    .map(([name, those]) => {
      const services = those.reduce((sum, { consumers }) => sum + consumers.length, 0)
      const by = services === 0 ? 'no service' : counted(services, 'service')
      return { name, detail: `mounted by ${by}` }
    })
}

/** Of what a search tells nothing, or nothing yet; empty where it tells of everything. */
export function missingWords(reading: string[], unread: string[]): string {
  const parts = [
    reading.length > 0 && `Reading the ${listed(reading)} …`,
    unread.length > 0 && `The ${listed(unread)} could not be read: they are not in here.`,
  ]
  return parts.filter(Boolean).join(' ')
}

const listed = (words: string[]) => new Intl.ListFormat('en').format(words)
