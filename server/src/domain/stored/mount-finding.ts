import type { Reference, Spec } from '../state.ts'

const readable = { user: 0o400, group: 0o040, others: 0o004 } as const
const anyone = readable.user | readable.group | readable.others

/** `0440`: permission bits as `chmod` reads them. */
export const octal = (mode: number): string => (mode & 0o7777).toString(8).padStart(4, '0')

/**
 * What is wrong with how a secret or config is mounted, in a sentence; null for nothing.
 * Certain only of a user that is written as a number: who a name is, and who runs where
 * none is named, the image says.
 * @param runs as whom, by the service's spec: `1000`, `1000:1000`, `node`, or null for the
 * image's own, with groups that are added to its own
 * @see moby/moby daemon/container_operations_unix.go, setupSecretDir
 */
export function mountFinding(
  { target, uid, gid, mode }: Pick<Reference, 'target' | 'uid' | 'gid' | 'mode'>,
  runs: Pick<Spec, 'user' | 'groups'>,
): string | null {
  if (target === null) return null
  const file = { owner: idOf(uid) ?? 0, group: idOf(gid) ?? 0, mode }
  return unreadable(file, runs) ?? pointless(file)
}

type File = { readonly owner: number; readonly group: number; readonly mode: number }

function unreadable(
  { owner, group, mode }: File,
  { user, groups }: Pick<Spec, 'user' | 'groups'>,
): string | null {
  const [name = '', groupName = ''] = (user ?? '').split(':')
  const [uid, gid] = [idOf(name), idOf(groupName)]
  if (uid === 0 || name === 'root') return null
  const bits = octal(mode)
  if ((mode & anyone) === 0) return `Nobody but root can read it: its mode is ${bits}.`
  const isForOthers = (mode & readable.others) !== 0
  const isFor = `mode ${bits} is for ${owner}:${group}`
  if (uid === owner) {
    return mode & readable.user ? null : `User ${uid} owns it and cannot read it: ${bits}.`
  }
  const added = groups.map(idOf)
  if (gid === group || added.includes(group)) {
    if (mode & readable.group) return null
    // Of a user by name it is not known whether the file is its own.
    if (uid !== null) return `User ${user} cannot read it: ${isFor}.`
  }
  if (isForOthers) return null
  if (uid !== null) {
    // Without a group of its own, the user has whichever the image gives it.
    return mode & readable.group && (gid === null || added.includes(null))
      ? `Whether user ${uid} can read it cannot be told: ${isFor}, and its group is the image’s affair.`
      : `User ${user} cannot read it: ${isFor}.`
  }
  if (user !== null) {
    return `Whether user ${name} can read it cannot be told: ${isFor}.`
  }
  // An owner that somebody chose is taken to be the image's own user.
  return owner === 0
    ? `Only root is sure to read it: ${isFor}, and the user it runs as is set by the image.`
    : null
}

/** @see moby/moby daemon/container_operations_unix.go: such mounts are read-only */
const pointless = ({ mode }: File): string | null =>
  mode & 0o002
    ? `Its mode ${octal(mode)} lets everyone write, to no purpose: it is mounted read-only.`
    : null

const idOf = (text: string): number | null =>
  /^\d{1,10}$/.test(text) ? Number(text) : null
