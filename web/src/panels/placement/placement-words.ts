import type { FilterId, FilterVerdict, Placement } from '@skep/shared/contract/placement'
import { filterIds } from '@skep/shared/contract/placement'
import { filterWords } from '@skep/shared/vocabulary'

type NodeFit = Placement['nodes'][number]

/** The filters that the spec asks something of, on any node: the others say nothing. */
export const askedFilters = (nodes: readonly NodeFit[]): FilterId[] =>
  filterIds.filter((id) =>
    nodes.some(({ verdicts }) =>
      verdicts.some(({ filter, verdict }) => filter === id && verdict !== 'not-asked'),
    ),
  )

/** "Nothing is asked of plugins and host port."; null when all are asked. */
export function unaskedSentence(nodes: readonly NodeFit[]): string | null {
  const asked = askedFilters(nodes)
  const others = filterIds
    .filter((id) => !asked.includes(id))
    .map((id) => filterWords[id].toLowerCase())
  if (nodes.length === 0 || others.length === 0) return null
  return `Nothing is asked of ${listed(others)}.`
}

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`

/** Those that take it first, then those that cannot be told, each by name. */
export const byFit = (nodes: readonly NodeFit[]): NodeFit[] =>
  nodes.toSorted((a, b) => rank(a) - rank(b) || (a.node < b.node ? -1 : 1))

const rank = ({ fits }: NodeFit): number => (fits === null ? 1 : fits ? 0 : 2)

export const verdictOf = ({ verdicts }: NodeFit, id: FilterId): FilterVerdict | null =>
  verdicts.find(({ filter }) => filter === id) ?? null

/** What a node says in one line, where there is no room for a table. */
export function fitSentence(node: NodeFit): string {
  const { fits, first } = node
  if (fits === true) return 'Takes it.'
  if (fits === null) return 'Cannot be told from here.'
  if (first === null) return 'Does not take it.'
  return `${filterWords[first]}: ${verdictOf(node, first)?.sentence ?? 'refused'}`
}
