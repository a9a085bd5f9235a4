import { dateShapes, endsIn, type Groups, type WrittenDate } from './version-dates.ts'

/** One part of a version, from the end of a name, as it was written. */
export type Piece = {
  /** What stands before it, such as `_`. */
  readonly separator: string
  readonly text: string
} & (
  | {
      readonly kind: 'number'
      readonly marker: string
      readonly digits: string
      /** Whether it is one before the version that it stands behind: `-rc1`. */
      readonly isBefore: boolean
    }
  | {
      readonly kind: 'date'
      readonly date: WrittenDate
      /** The same way of writing it, of another day. */
      readonly written: (today: WrittenDate) => string
    }
  | { readonly kind: 'hash' }
)

const numbered = endsIn(
  '(?<marker>v|ver|version|r|rev|revision|rel|release)(?<digits>\\d{1,15})',
)
/** More digits are no count of versions, but the number of something: `tenant_4711`. */
const bare = endsIn('(?<marker>)(?<digits>\\d{1,3})')
/** A time or a count behind a date. */
const behindDate = endsIn('(?<marker>)(?<digits>\\d{4,9})')
const before = endsIn('(?<marker>rc|beta|alpha|pre)[-_.]?(?<digits>\\d{1,4})')
const uuid = endsIn('[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}')
/** What `git describe` writes has a `g` before it. */
const hash = endsIn('g?(?<hash>[0-9a-f]{7,64})')

/** Numbers that belong to what is named: no next one is ever made of them. */
const standards = [
  'utf[-_.](?:8|16|32)|base[-_.](?:32|58|64)|ip[-_.][46]|oauth[-_.][12]',
  '(?:tls|http)[-_.][123](?:[-_.]\\d)?|(?:cloudflare|cf)[-_.]r2',
  // Ciphers, and the kinds and sizes of keys; `ed25519` would read as a hash.
  'sha[-_.]?(?:[123]|224|256|384|512)|sha[23][-_.](?:224|256|384|512)',
  'aes[-_.](?:128|192|256)|rsa[-_.](?:1024|2048|3072|4096)|[ehpr]s[-_.](?:256|384|512)',
  'ed[-_.]?(?:25519|448)|p[-_.](?:256|384|521)',
  // Regions of clouds, such as `us-gov-east-1`.
  '(?:us|eu|ap|ca|sa|af|me|il|mx|cn|asia|europe|australia|africa)[-_.](?:gov[-_.])?' +
    '(?:(?:north|south)?(?:east|west)|north|south|central)[-_.]\\d',
  // Ports, where the word before says so.
  'port[-_.]\\d+|(?:smtps?|submission|mail)[-_.](?:465|587)|https?[-_.]443',
  'ldaps?[-_.](?:389|636)|imaps?[-_.](?:143|993)|pop3s?[-_.](?:110|995)',
  // One of several that are there at the same time.
  '(?:tenant|customer|node|shard|broker|partition)[-_.]\\d+',
]
const standard = new RegExp(`(?:^|[-_.])(?:${standards.join('|')})$`, 'i')

const address = /(?:^|[-_])(?:\d{1,3}\.){3}\d{1,3}$/

/** The last part of a version at the end of a name; null where there is none. */
export function lastPiece(name: string): Piece | null {
  if (standard.test(name) || address.test(name)) return null
  return uuidAtEnd(name) ?? dateAtEnd(name) ?? numberAtEnd(name) ?? hashAtEnd(name)
}

function uuidAtEnd(name: string): Piece | null {
  const groups = uuid.exec(name)?.groups
  return groups
    ? { kind: 'hash', separator: groups.separator ?? '', text: groups.text ?? '' }
    : null
}

function dateAtEnd(name: string): Piece | null {
  for (const { pattern, read, write } of dateShapes) {
    const groups: Groups | undefined = pattern.exec(name)?.groups
    const date = groups && read(groups)
    if (!date) continue
    const { separator = '', text = '' } = groups
    const written = (today: WrittenDate) => write(today, groups)
    return { kind: 'date', separator, text, date, written }
  }
  return null
}

function numberAtEnd(name: string): Piece | null {
  const found =
    numbered.exec(name) ??
    bare.exec(name) ??
    behind(behindDate.exec(name), (rest) => dateAtEnd(rest) !== null) ??
    behind(before.exec(name), (rest) => (dateAtEnd(rest) ?? numberAtEnd(rest)) !== null)
  if (!found?.groups) return null
  const { separator = '', text = '', marker = '', digits = '' } = found.groups
  const isBefore = /^(?:rc|beta|alpha|pre)$/i.test(marker)
  return { kind: 'number', separator, text, marker, digits, isBefore }
}

/** What was found at the end, if what stands before it is as it has to be. */
const behind = (
  found: RegExpExecArray | null,
  isAsAsked: (rest: string) => boolean,
): RegExpExecArray | null =>
  found && isAsAsked(found.input.slice(0, found.index)) ? found : null

/** A word such as `defaced` has no digit; a long number without a letter has no order. */
function hashAtEnd(name: string): Piece | null {
  const groups = hash.exec(name)?.groups
  if (!groups) return null
  const { separator = '', text = '', hash: digits = '' } = groups
  const isLong = digits.length >= 10
  return isLong || (/\d/.test(digits) && /[a-f]/i.test(digits))
    ? { kind: 'hash', separator, text }
    : null
}
