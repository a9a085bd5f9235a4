/** Everything that a key does anywhere in the console. */
export type Command =
  | 'go-now'
  | 'go-services'
  | 'go-nodes'
  | 'go-stateful'
  | 'go-secrets'
  | 'go-networks'
  | 'go-volumes'
  | 'go-stacks'
  | 'go-journal'
  | 'next-row'
  | 'previous-row'
  | 'next-attention'
  | 'previous-attention'
  | 'filter'
  | 'drain'
  | 'roll-back'
  | 'scale'
  | 'copy-link'
  | 'hold'
  | 'keys'

export type KeyBinding = {
  /** One key, or several pressed one after another with a space between. */
  keys: string
  command: Command
  group: 'Go' | 'Move' | 'Act' | 'View'
  does: string
}

/** The keys that act wherever nothing is being typed. */
export const keymap: KeyBinding[] = [
  { keys: 'g n', command: 'go-now', group: 'Go', does: 'Now' },
  { keys: 'g s', command: 'go-services', group: 'Go', does: 'Services' },
  { keys: 'g d', command: 'go-nodes', group: 'Go', does: 'Nodes' },
  { keys: 'g t', command: 'go-stateful', group: 'Go', does: 'Stateful' },
  { keys: 'g x', command: 'go-secrets', group: 'Go', does: 'Secrets and configs' },
  { keys: 'g w', command: 'go-networks', group: 'Go', does: 'Networks' },
  { keys: 'g v', command: 'go-volumes', group: 'Go', does: 'Volumes' },
  { keys: 'g k', command: 'go-stacks', group: 'Go', does: 'Stacks' },
  { keys: 'g j', command: 'go-journal', group: 'Go', does: 'Journal' },
  { keys: 'j', command: 'next-row', group: 'Move', does: 'Next row' },
  { keys: 'k', command: 'previous-row', group: 'Move', does: 'Previous row' },
  { keys: ']', command: 'next-attention', group: 'Move', does: 'Next that needs you' },
  {
    keys: '[',
    command: 'previous-attention',
    group: 'Move',
    does: 'Previous that needs you',
  },
  { keys: '/', command: 'filter', group: 'Move', does: 'Filter this list' },
  { keys: 'd', command: 'drain', group: 'Act', does: 'Drain: opens its preview' },
  { keys: 'r', command: 'roll-back', group: 'Act', does: 'Roll back: opens its preview' },
  { keys: 's', command: 'scale', group: 'Act', does: 'Scale: opens its preview' },
  { keys: 'y', command: 'copy-link', group: 'Act', does: 'Copy the link' },
  { keys: 'p', command: 'hold', group: 'View', does: 'Hold the view, or let it run' },
  { keys: '?', command: 'keys', group: 'View', does: 'All keys' },
]

/** Keys of the browser and of single parts, told of for completeness. */
export const otherKeys: Omit<KeyBinding, 'command'>[] = [
  { keys: 'Enter', group: 'Move', does: 'Open the row' },
  { keys: 'Esc', group: 'View', does: 'Close' },
  { keys: '← ↑ → ↓', group: 'Move', does: 'Cells of a slot grid; Home and End' },
]

/** What was pressed so far of a binding of several keys. */
export type Pressed = { keys: string; at: number } | null

/** How long the second key of a pair may take, in milliseconds. */
export const pairWithin = 1_500

/** What a key means after those pressed before it. Pure; times in milliseconds. */
export function press(
  before: Pressed,
  key: string,
  at: number,
): { command: Command | null; pressed: Pressed } {
  const recent = before && at - before.at <= pairWithin ? before.keys : null
  for (const keys of [recent && `${recent} ${key}`, key]) {
    if (keys === null) continue
    const binding = keymap.find((candidate) => candidate.keys === keys)
    if (binding) return { command: binding.command, pressed: null }
    if (keymap.some((candidate) => candidate.keys.startsWith(`${keys} `)))
      return { command: null, pressed: { keys, at } }
  }
  return { command: null, pressed: null }
}
