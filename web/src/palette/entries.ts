import { pages } from '@skep/shared/paths'

/** Something that the palette can go to. */
export type Entry = { group: string; label: string; detail: string; to: string }

const fixed: Entry[] = [
  { group: 'Pages', label: 'Now', detail: 'What needs you', to: pages.now() },
  { group: 'Pages', label: 'Services', detail: 'What runs here', to: pages.services() },
  { group: 'Pages', label: 'Nodes', detail: 'Which machines are fit', to: pages.nodes() },
  { group: 'Pages', label: 'Networks', detail: 'Who reaches whom', to: pages.networks() },
  {
    group: 'Pages',
    label: 'Stacks',
    detail: 'What was deployed together',
    to: pages.stacks(),
  },
]

/** The most entries shown of one group: beyond these, more letters help more than rows. */
const groupLimit = 8

export type Named = { name: string; detail: string }

/** All that can be gone to. */
export function entriesOf(services: Named[], nodes: Named[]): Entry[] {
  const named = (group: string, page: (name: string) => string, things: Named[]) =>
    things
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ name, detail }) => ({ group, label: name, detail, to: page(name) }))
  return [
    ...fixed,
    ...named('Services', (name) => pages.service(name), services),
    ...named('Nodes', (name) => pages.node(name), nodes),
  ]
}

/**
 * The entries that a query asks for, best first within their groups: those that begin with
 * it, those with a word that does, those that hold it anywhere.
 */
export function matching(entries: Entry[], query: string): Map<string, Entry[]> {
  const asked = query.trim().toLowerCase()
  const groups = new Map<string, Entry[]>()
  const ranked = entries
    .map((entry) => ({ entry, rank: rank(entry.label.toLowerCase(), asked) }))
    .filter(({ rank }) => rank < Infinity)
    .toSorted((a, b) => a.rank - b.rank)
  for (const { entry } of ranked) {
    const group = groups.get(entry.group) ?? []
    if (group.length < groupLimit) groups.set(entry.group, [...group, entry])
  }
  return groups
}

function rank(label: string, asked: string): number {
  const at = label.indexOf(asked)
  if (at < 0) return Infinity
  if (at === 0) return label.length === asked.length ? 0 : 1
  return /[\W_]/.test(label[at - 1] ?? '') ? 2 : 3
}
