import type { Node } from '@skep/shared/contract/node'
import type { NodeCommandKind } from '@skep/shared/contract/node-commands'
import type { CommandKind } from '@skep/shared/contract/preview'
import type { PreviewedAct } from '@skep/shared/contract/rotation'
import type { Service } from '@skep/shared/contract/service'

/** What a button says that opens a preview; the preview says the rest in its title. */
export const commandWords: Record<CommandKind, { verb: string; title: TitleOf }> = {
  rollback: { verb: 'Roll back', title: (name) => `Roll back ${name}` },
  resume: { verb: 'Resume', title: (name) => `Resume ${name}` },
  scale: { verb: 'Scale', title: (name) => `Scale ${name}` },
  restart: { verb: 'Restart', title: (name) => `Restart ${name}` },
  image: { verb: 'Update image', title: (name) => `Update the image of ${name}` },
  settings: { verb: 'Settings', title: (name) => `Change how ${name} is updated` },
  restore: { verb: 'Restore', title: (name) => `Restore ${name}` },
  swap: { verb: 'Swap', title: (name) => `Swap a secret or config of ${name}` },
  remove: { verb: 'Remove', title: (name) => `Remove ${name}` },
}
type TitleOf = (name: string) => string

/** The same of a node. */
export const nodeCommandWords: Record<NodeCommandKind, { verb: string; title: TitleOf }> = {
  drain: { verb: 'Drain', title: (name) => `Drain ${name}` },
  pause: { verb: 'Pause', title: (name) => `Pause ${name}` },
  activate: { verb: 'Activate', title: (name) => `Activate ${name}` },
  promote: { verb: 'Promote', title: (name) => `Promote ${name}` },
  demote: { verb: 'Demote', title: (name) => `Demote ${name}` },
  labels: { verb: 'Labels', title: (name) => `Label ${name}` },
  remove: { verb: 'Remove', title: (name) => `Remove ${name}` },
}

/** What can be asked of a secret or config, or of a whole family of them. */
export type StoredCommandKind = 'remove' | 'prune' | 'rotate'

/** The same of a secret or config. */
export const storedCommandWords: Record<
  StoredCommandKind,
  { verb: string; title: TitleOf }
> = {
  remove: { verb: 'Remove', title: (name) => `Remove ${name}` },
  prune: {
    verb: 'Remove old versions',
    title: (family) => `Remove old versions of ${family}`,
  },
  rotate: { verb: 'Rotate', title: (name) => `Rotate ${name}` },
}

/** What can be asked of a rotation; `about` is the service or the old version. */
export const rotationActWords: Record<PreviewedAct, { title: (about: string) => string }> =
  {
    resume: { title: (about) => `Go on with the rotation of ${about}` },
    rollback: { title: (about) => `Roll back ${about}` },
    retire: { title: (about) => `Remove ${about}` },
  }

/** Whether a person must decide how an update goes on. */
export const isPaused = ({ update, convergence }: Service): boolean =>
  update?.state === 'paused' ||
  update?.state === 'rollback_paused' ||
  convergence.verdict === 'paused' ||
  convergence.verdict === 'rollback-paused'

/** A command that a service offers; `refusal` is why it makes no sense for this one. */
export type Offer<Kind extends string = CommandKind> = {
  kind: Kind
  refusal: string | null
}
export type Offers<Kind extends string> = { first: Offer<Kind>[]; more: Offer<Kind>[] }

/** The commands of a service, the likeliest first; what is rare goes into a menu. */
export function offersOf(service: Service): Offers<CommandKind> {
  const isGlobal = service.mode === 'global' || service.mode === 'global-job'
  const offer = (kind: CommandKind, refusal: string | null = null) => ({ kind, refusal })
  return {
    first: [
      ...(isPaused(service) ? [offer('resume')] : []),
      offer('rollback'),
      offer(
        'scale',
        isGlobal ? 'A global service runs on every eligible node: it has no scale.' : null,
      ),
      offer('image'),
      offer('restart'),
    ],
    more: [offer('settings'), offer('remove')],
  }
}

/** The same of a node: what its availability and its role leave to be asked. */
export function nodeOffersOf(node: Pick<Node, 'availability' | 'role'>): NodeOffers {
  const offer = (kind: NodeCommandKind) => ({ kind, refusal: null })
  return {
    first: [
      ...(node.availability === 'active' ? [] : [offer('activate')]),
      ...(node.availability === 'drain' ? [] : [offer('drain')]),
      ...(node.availability === 'pause' ? [] : [offer('pause')]),
      offer('labels'),
    ],
    more: [offer(node.role === 'manager' ? 'demote' : 'promote'), offer('remove')],
  }
}
type NodeOffers = Offers<NodeCommandKind>
