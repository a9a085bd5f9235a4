import { namesCredential } from './credential-names.ts'

/**
 * Credentials do not belong in commands and labels, and are found there all the same. What
 * looks like one is masked: hiding a harmless word costs a look at `docker inspect`,
 * showing a password costs the password.
 */
const mask = '•••'

/** In characters; a longer word is data. */
const longestWord = 4_000

/** A word of a shell line: quotes hold together what they enclose. */
const words = /(?:[^\s"']+|"(?:\\.|[^"\\])*"|'[^']*'|["'])+/g

const shapes =
  /\b(gh[pousr]_\w{16,}|github_pat_\w+|glpat-[\w-]+|xox[abprs]-[\w-]+|AKIA[0-9A-Z]{12,}|SWM(TKN|KEY)-[\w-]+|sk-[\w-]{16,}|hvs\.[\w-]+|eyJ[\w-]+\.[\w-]+\.[\w-]*)/g

/** `name=value` or `name: value`, where the name says what the value is. */
const assignment = /(?<![\w.-])([\w.-]+)(["']?[=:]["']?)/g

/** Flags that begin like mysql's `-pPASSWORD` and are none. */
const innocent =
  /^-p(ort|ath|refix|rofile|roxy|id|lugin|rotocol|ublic|ublish|arallel|rint|retty|olicy|roject|ackage|eer|latform|eriod|ool)/i

/** Values that are only places: the mount point of secrets is the same everywhere. */
const isPlace = (value: string): boolean =>
  /^["']?\/run\/secrets\/[\w./-]+["']?$/.test(value)

const isPath = (value: string): boolean => /^["']?[.~]{0,2}\/[\w./-]*["']?$/.test(value)

/** A command with its credentials masked, and whether there were any. */
export function maskedCommand(command: readonly string[]): {
  words: string[]
  hidden: boolean
} {
  const masker = createMasker(command)
  const masked = command.map(masker)
  return { words: masked, hidden: masked.some((word, i) => word !== command[i]) }
}

/** A shell line with its credentials masked. */
export const maskedText = (text: string): string => createMasker([text])(text)

/** Labels, in whose values a name, a URL or a well-known shape gives a credential away. */
export const maskedLabels = (
  labels: Readonly<Record<string, string>>,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(labels).map(([key, value]) => [
      key,
      namesCredential(key) && !isPlace(value) ? mask : value.replace(words, maskedWord),
    ]),
  )

/** What is expected of the word to come. */
type Expectation = 'nothing' | 'credential' | 'credential or path' | 'user and password'

/** Masks the arguments of one command, in order: a flag says what the next one is. */
function createMasker(command: readonly string[]): (argument: string) => string {
  const isRedis = command.some((argument) => /redis-cli\b/.test(argument))
  let expected: Expectation = 'nothing'

  function word(text: string): string {
    const before = expected
    if (before === 'credential' && /^["']?(bearer|basic|digest)$/i.test(text)) return text
    expected = 'nothing'
    if (before === 'user and password') return maskedUser(text)
    if (before === 'credential' && !isPlace(text) && !text.startsWith('--')) return mask
    if (before === 'credential or path' && !isPath(text) && !text.startsWith('-'))
      return mask
    expected = afterWord(text, isRedis)
    if (/^-p./.test(text) && !innocent.test(text) && !text.includes('=')) return `-p${mask}`
    return maskedWord(maskedUserFlag(text))
  }

  return (argument) => {
    if (argument.includes('-----BEGIN ')) return mask
    // An argument is one value, however many words it has.
    const flag = /^-{0,2}([\w.-]+)[=:]/.exec(argument)
    if (flag?.[1] && namesCredential(flag[1]) && !isPlace(argument.slice(flag[0].length))) {
      return flag[0] + mask
    }
    const whole =
      expected === 'credential' && !isPlace(argument) && !argument.startsWith('--')
    if (whole && /\s/.test(argument) && !/^(bearer|basic|digest)\s/i.test(argument)) {
      expected = 'nothing'
      return mask
    }
    return argument.replace(words, word)
  }
}

/** What a flag, or a bare name such as `requirepass`, announces. */
function afterWord(text: string, isRedis: boolean): Expectation {
  const bare = text.replace(/^["'{[(,]+|["']?[=:]?["']?$/g, '')
  if (/^(-p|-P)$/.test(text)) return 'credential or path'
  if (text === '-a' && isRedis) return 'credential'
  if (/^(-u|-U|--user|--proxy-user)$/.test(text)) return 'user and password'
  if (/^["']?(bearer|basic|digest)$/i.test(text)) return 'credential'
  if (/^-{0,2}[\w.-]+$/.test(bare) && namesCredential(bare)) {
    return /key$/i.test(bare) ? 'credential or path' : 'credential'
  }
  return 'nothing'
}

/** One word by itself: what its own text gives away. */
function maskedWord(text: string): string {
  // Nobody reads it, and looking for what is hidden in it takes its length squared.
  if (text.length > longestWord) return mask
  for (const match of text.matchAll(assignment)) {
    const [all, name = ''] = match
    const end = match.index + all.length
    const value = text.slice(end)
    if (value === '' || value.startsWith('//') || !namesCredential(name)) continue
    if (isPlace(value)) continue
    return maskedWord(text.slice(0, end)) + mask
  }
  return text
    .replace(/(:\/\/)(\S*)@/g, (all, slashes: string, user: string) =>
      user.includes(':') || !user.includes('/') ? `${slashes}${mask}@` : all,
    )
    .replace(/^(["']?[^\s:@/"']+:)(?!\/\/)[^\s@]+@(?!sha256:)/, `$1${mask}@`)
    .replace(shapes, mask)
}

const maskedUserFlag = (text: string): string =>
  text.replace(
    /^(-u|-U|--user=|--proxy-user=)(.+:.+)$/,
    (_, flag: string, user: string) => `${flag}${maskedUser(user)}`,
  )

/** `name:password`, but not `uid:gid`. */
const maskedUser = (text: string): string =>
  /^["']?\d+:\d+["']?$/.test(text) ? text : text.replace(/^([^:]+:).+$/s, `$1${mask}`)
