import { pages } from '@skep/shared/paths'
import type { Target } from '../operate/target.ts'
import { sorted } from '../ui/sort.ts'

/** Something that the palette can go to, or whose preview it can open. */
export type Entry = {
  group: string
  label: string
  detail: string
  to: string
  command?: Target
  /** Shown for its reason only. */
  refused?: boolean
}

const fixed: Entry[] = [
  { group: 'Pages', label: 'Now', detail: 'What needs you', to: pages.now() },
  { group: 'Pages', label: 'Services', detail: 'What runs here', to: pages.services() },
  { group: 'Pages', label: 'Nodes', detail: 'Which machines are fit', to: pages.nodes() },
  {
    group: 'Pages',
    label: 'Stateful',
    detail: 'What would lose data if it moved',
    to: pages.stateful(),
  },
  {
    group: 'Pages',
    label: 'Secrets',
    detail: 'Who uses which, and how old it is',
    to: pages.secrets(),
  },
  {
    group: 'Pages',
    label: 'Configs',
    detail: 'Who uses which, and what is in it',
    to: pages.configs(),
  },
  {
    group: 'Pages',
    label: 'Volumes',
    detail: 'Where data lies, and who mounts it',
    to: pages.volumes(),
  },
  { group: 'Pages', label: 'Networks', detail: 'Who reaches whom', to: pages.networks() },
  {
    group: 'Pages',
    label: 'Stacks',
    detail: 'What was deployed together',
    to: pages.stacks(),
  },
  {
    group: 'Pages',
    label: 'Journal',
    detail: 'Who did what, and what the swarm did',
    to: pages.journal(),
  },
]

/** The most things shown of one kind: beyond these, more letters help more than rows. */
const kindLimit = 8

export type Named = { name: string; detail: string }

/** A command for what is on the screen; its refusal is why it makes no sense there. */
export type Action = { target: Target; label: string; refusal: string | null }

/** What can be done to what is on the screen: each opens its preview, none acts. */
export const actionsOn = (actions: Action[]): Entry[] =>
  actions.map(({ target, label, refusal }) => ({
    group: 'On this page',
    label,
    detail: refusal ?? 'Opens the preview',
    to: `${pages[target.subject](target.name)}?do=${target.kind}`,
    ...(refusal === null ? { command: target } : { refused: true }),
  }))

/** Everything that is called something and has a page. */
export type Everything = Record<
  'services' | 'nodes' | 'secrets' | 'configs' | 'volumes',
  readonly Named[]
>

/** The kinds of things, in the order of their groups, and where each of them is shown. */
const kinds: { of: keyof Everything; group: string; page: (name: string) => string }[] = [
  { of: 'services', group: 'Services', page: (name) => pages.service(name) },
  { of: 'nodes', group: 'Nodes', page: (name) => pages.node(name) },
  { of: 'secrets', group: 'Secrets', page: (name) => pages.stored('secret', name) },
  { of: 'configs', group: 'Configs', page: (name) => pages.stored('config', name) },
  // A volume has no page of its own: the list, narrowed to it.
  {
    of: 'volumes',
    group: 'Volumes',
    page: (name) => `${pages.volumes()}?${new URLSearchParams({ q: name })}`,
  },
]

/** All that can be gone to. */
export const entriesOf = (everything: Everything): Entry[] => [
  ...fixed,
  ...kinds.flatMap(({ of, group, page }) =>
    sorted(everything[of], ({ name }) => name, 'ascending').map(({ name, detail }) => ({
      group,
      label: name,
      detail,
      to: page(name),
    })),
  ),
]

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
    const most = kinds.some(({ group }) => group === entry.group) ? kindLimit : Infinity
    if (group.length < most) groups.set(entry.group, [...group, entry])
  }
  return groups
}

function rank(label: string, asked: string): number {
  const at = label.indexOf(asked)
  if (at < 0) return Infinity
  if (at === 0) return label.length === asked.length ? 0 : 1
  return /[\W_]/.test(label[at - 1] ?? '') ? 2 : 3
}
