import { namesCredential } from '../credential-names.ts'

/** Words that, before `key`, say that the key opens something: not `sort_key`, `cache.key`. */
const opening =
  /^(api|access|account|admin|aes|app|auth|consumer|cookie|deploy|encrypt|encryption|hmac|jwt|join|license|master|preshared|private|psk|rsa|secret|service|session|shared|signing|ssh|storage|subscription|unlock|webhook|write|read)$/

/** What a name in a config ends in that speaks of a credential and holds none. */
const speaksOfIt =
  /^(addr|address|age|alg|algorithm|attempts?|attribute|audience|authentication|backend|bits|bytes|claims?|class|cmd|command|cost|count|driver|duration|encoder|encryption|endpoint|engine|env|exists|expires|expiration|fields?|format|generator|grant|header|helper|hint|history|hosts?|hours|in|introspection|issuer|key|label|lifetime|limits?|location|manager|max|method|min|minutes|param|parameter|pattern|placeholder|plugin|port|prefix|prompt|provider|ref|regex|reset|rounds|rule|seconds|server|service|size|source|storage|store|strength|suffix|text|title|ur[il]|usage|validation|validator|validity|var|variable)$/

/** Names that no word of theirs gives away. The last is of a kubeconfig. */
const alone =
  /^(?:masterauth|psk|(?:bind|root|admin)pw|erlang[._-]?cookie|client-key-data)$/i

/** Words that end like a password, and are none. */
const innocent = /^(by|com|en|over|sur|under|tres)?pass$/
const passesOn = /^(ajp|fastcgi|grpc|memcached|proxy|scgi|uwsgi|high|low|band|all)$/

/**
 * Whether the name of a setting says that its value is a credential. Narrower than
 * `namesCredential`: a config names many a thing that is only about one.
 */
export function isCredentialKey(name: string): boolean {
  // A name is not longer than this, and to take it apart costs time.
  if (name.length > 200) return false
  if (alone.test(name)) return true
  const words = wordsOf(name)
  const last = words.at(-1) ?? ''
  if (last !== 'keys' && !namesCredential(name)) return false
  const before = words.at(-2) ?? ''
  if (last === 'secrets' || last === 'dsn') return false
  if (last === 'key' || last === 'keys') return opening.test(before)
  if (last === 'auth' || last === 'authorization') return false
  if (speaksOfIt.test(last)) return false
  if (last === 'users') return true
  const telling = words.filter(
    (word, i) =>
      !innocent.test(word) || (word === 'pass' && !passesOn.test(words[i - 1] ?? '')),
  )
  return namesCredential(telling.join('-'))
}

const plural =
  /^(?:passwords|passwds|passphrases|passcodes|tokens|apikeys|accesskeys|keys)$/

/** Whether a name is of several credentials: what stands under it, each by its own name. */
export const isCredentialPlural = (name: string): boolean =>
  isCredentialKey(name) && plural.test(wordsOf(name).at(-1) ?? '')

/** What settings there are about all of them, beside them. */
const ofAll =
  /^(?:algorithm|audience|count|description|dir|directory|enabled|expires|expiration|expiry|file|format|header|id|issuer|length|lifetime|max|min|name|path|required|title|ttl|type|url|user|username)$/

/** Whether what stands under such a name, by this one, is one of them. */
export const isEntryOfPlural = (name: string): boolean =>
  name.length <= 200 && !ofAll.test(wordsOf(name).at(-1) ?? '')

/** Whether the name is of what HTTP sends: a credential if it looks like one. */
export const isAuthKey = (name: string): boolean =>
  name.length <= 200 && /^(?:_?auth|authorization)$/i.test(wordsOf(name).at(-1) ?? '')

const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')

const says =
  /^(?:true|false|yes|no|on|off|null|none|nil|undefined|required|optional|enabled?|disabled?|file|env|bearer|basic|digest|md5|sha-?\d*|bcrypt|scram-sha-256|plain|x{3,}|~|-|\*+|•+|\.{3}|…)$/i

/** What is filled in from elsewhere; a template that has a value to fall back on is not. */
const filled =
  /\{\{(?:(?!\}\}|\bdefault\b[\s(]{0,9}["'][^"']).)*\}\}|\$\{\w+(?::?[-?+])?\}|\$\{\w+:?\?[^}]*\}|\$__\w+\{[^}]*\}|\$\([^)]*\)|\$[A-Z_][A-Z0-9_]+(?![a-z])|\$[a-z]+(?:_[a-z]+)+|%\w+%|%\(\w+\)s|<[\w .-]+>|#\{[^}]*\}/g

const pointsElsewhere =
  /^(?:env:|vault:|ref\+|op:\/\/|arn:aws|secretref:|enc[[(]|os\.|process\.env|getenv|env[[(]|var\.|local\.|system\.getenv)/i

const path =
  /^(?:file:(?:\/\/)?)?[.~]{0,2}\/(?:run|etc|var|opt|srv|home|mnt|data|usr|secrets|vault|tmp|app|config|conf|root|certs?|ssl|tls|keys?)\/[\w./@-]*$/i

const call = /^[a-z_][\w.]*\([^)]*\)$/i

/**
 * Whether a value is no credential, but says where one is, or that there is one: a path, a
 * variable without a default, a template, a yes or no.
 */
export function isReference(value: string): boolean {
  const text = value.trim()
  if (text === '' || says.test(text)) return true
  // What is this long is data, and is not looked into.
  if (text.length > 2_000) return false
  const variable = /^\$(\w+)$/.exec(text)?.[1]
  if (variable !== undefined && namesCredential(variable)) return true
  if (pointsElsewhere.test(text) || path.test(text) || call.test(text)) return true
  return !/[a-z0-9]/i.test(text.replace(filled, ''))
}
