/** A volume as the engine that was asked holds it itself. */
export type HeldVolume = {
  readonly name: string
  readonly driver: string
  /** Names of the driver's options. Values stay behind: one of them may be a password. */
  readonly options: readonly string[]
  readonly labels: Readonly<Record<string, string>>
  /** What its driver says: `local` or `global`. */
  readonly scope: string
  /** Null where the engine was not asked for it, or its driver does not tell. */
  readonly bytes: number | null
}

/**
 * Whether nobody named it: the engine made it for one container.
 * @see moby/moby volume/service/service.go, AnonymousLabel
 */
export const isAnonymous = ({ name, labels }: HeldVolume): boolean =>
  Object.hasOwn(labels, 'com.docker.volume.anonymous') || /^[0-9a-f]{64}$/.test(name)
