import type { CommandKind } from '@skep/shared/contract/preview'
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
  remove: { verb: 'Remove', title: (name) => `Remove ${name}` },
}
type TitleOf = (service: string) => string

/** Whether a person must decide how an update goes on. */
export const isPaused = ({ update, convergence }: Service): boolean =>
  update?.state === 'paused' ||
  update?.state === 'rollback_paused' ||
  convergence.verdict === 'paused' ||
  convergence.verdict === 'rollback-paused'

/** A command that a service offers; `refusal` is why it makes no sense for this one. */
export type Offer = { kind: CommandKind; refusal: string | null }

/** The commands of a service, the likeliest first; what is rare goes into a menu. */
export function offersOf(service: Service): { first: Offer[]; more: Offer[] } {
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
