/** Words that, anywhere in a name, say that its value grants access. */
const grants =
  /^(.*(password|passwd|passphrase|passcode|secret|token|credential|apikey|accesskey)s?|.*pass|pwd|pw|creds?|htpasswd|jwt|sas)$/

/** Words that say so only at the end of a name: `tls.key`, but not `key.rotation`. */
const grantsAtEnd = /^(key|auth|authorization|dsn)$/

/** What a name like `password-file` ends in: where the value is, or how, but not the value. */
const aboutIt =
  /^(file|path|dir|name|id|policy|length|type|mode|ttl|timeout|expiry|rotation|days|enabled|required|header|version)s?$/

/**
 * Whether a name (of a label, a flag, a variable, a field) says that its value is a
 * credential. Better one too many: what is hidden can still be read with `docker`.
 */
export function namesCredential(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
  const last = words.at(-1) ?? ''
  if (aboutIt.test(last)) return false
  if (words.some((word) => grants.test(word)) || grantsAtEnd.test(last)) return true
  // Traefik's list of users holds their password hashes.
  return last === 'users' && words.some((word) => /^(basic|digest)auth$/.test(word))
}
