import type { NodeCommandKind } from '@skep/shared/contract/node-commands'
import type { NodePreview } from '@skep/shared/contract/node-preview'
import type { CommandKind, Preview } from '@skep/shared/contract/preview'
import type { PreviewedAct, RotationPreview } from '@skep/shared/contract/rotation'
import type { StoredKind, StoredPreview } from '@skep/shared/contract/stored'
import { api } from '@skep/shared/paths'
import {
  commandWords,
  nodeCommandWords,
  rotationActWords,
  type StoredCommandKind,
  storedCommandWords,
} from './command-words.ts'

/** A command and whom it is given to: what an address names, a preview tells of. */
export type Target =
  | { readonly subject: 'service'; readonly name: string; readonly kind: CommandKind }
  | { readonly subject: 'node'; readonly name: string; readonly kind: NodeCommandKind }

/** A command on a secret or config; to prune is asked of a family, whose name it holds. */
export type StoredTarget = {
  readonly subject: StoredKind
  readonly name: string
  readonly kind: StoredCommandKind
}

/** An act on a rotation, which is named by its id; `about` is what people call it by. */
export type RotationTarget = {
  readonly subject: 'rotation'
  readonly name: string
  readonly kind: PreviewedAct
  readonly about: string
}

export type AnyTarget = Target | StoredTarget | RotationTarget

/** What a command would do, to whichever it is given. */
export type AnyPreview = Preview | NodePreview | StoredPreview | RotationPreview

export function commandPath(target: AnyTarget): string {
  switch (target.subject) {
    case 'service':
      return api.serviceCommand(target.name, target.kind)
    case 'node':
      return api.nodeCommand(target.name, target.kind)
    case 'secret':
    case 'config':
      return storedPath(target)
    case 'rotation':
      return api.rotationAct(target.name, target.kind)
  }
}

function storedPath({ subject, name, kind }: StoredTarget): string {
  switch (kind) {
    case 'remove':
      return api.storedRemove(subject, name)
    case 'prune':
      return api.storedPrune(subject, name)
    case 'rotate':
      return api.storedRotate(subject, name)
  }
}

/** What its sheet is called until the preview says so itself. */
export function titleOf(target: AnyTarget): string {
  switch (target.subject) {
    case 'service':
      return commandWords[target.kind].title(target.name)
    case 'node':
      return nodeCommandWords[target.kind].title(target.name)
    case 'secret':
    case 'config':
      return storedCommandWords[target.kind].title(target.name)
    case 'rotation':
      return rotationActWords[target.kind].title(target.about)
  }
}

/** Whether nothing brings back what the command takes away. */
export const isRemoval = ({ kind }: AnyTarget): boolean =>
  kind === 'remove' || kind === 'prune' || kind === 'retire'
