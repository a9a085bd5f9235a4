import type { NodeCommandKind } from '@skep/shared/contract/node-commands'
import type { NodePreview } from '@skep/shared/contract/node-preview'
import type { CommandKind, Preview } from '@skep/shared/contract/preview'
import { api } from '@skep/shared/paths'
import { commandWords, nodeCommandWords } from './command-words.ts'

/** A command and whom it is given to: what an address names, a preview tells of. */
export type Target =
  | { readonly subject: 'service'; readonly name: string; readonly kind: CommandKind }
  | { readonly subject: 'node'; readonly name: string; readonly kind: NodeCommandKind }

/** What a command would do, to whichever it is given. */
export type AnyPreview = Preview | NodePreview

export function commandPath({ subject, name, kind }: Target): string {
  return subject === 'service'
    ? api.serviceCommand(name, kind)
    : api.nodeCommand(name, kind)
}

/** What its sheet is called until the preview says so itself. */
export function titleOf({ subject, name, kind }: Target): string {
  return (subject === 'service' ? commandWords[kind] : nodeCommandWords[kind]).title(name)
}

/** Whether nothing brings back what the command takes away. */
export const isRemoval = ({ kind }: Target): boolean => kind === 'remove'
