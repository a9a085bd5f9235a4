/** Part of a line: from the first character to before the last. */
export type Span = readonly [start: number, end: number]

/**
 * What gives itself away by its look, wherever it is: what comes before the credential is
 * the first group, the credential the second. Every repetition ends where the next could
 * begin, so that a long line takes no longer than its length.
 */
const shapes: readonly RegExp[] = [
  // Tokens of well-known makers, and JSON web tokens.
  /(?<!\w)()((?:AKIA|ASIA)[0-9A-Z]{12,}|gh[pousr]_\w{16,}|github_pat_\w{8,}|npm_\w{30,}|[rs]k_(?:live|test)_\w{8,}|whsec_\w{16,})/g,
  /(?<!\w)()(dckr_[po]at_[\w-]{16,}|do[opr]_v1_[0-9a-f]{32,}|hf_[A-Za-z0-9]{30,}|shp(?:at|ss|ca|pa)_[0-9a-f]{32}|glsa_\w{32,}|SK[0-9a-f]{32}(?!\w)|pul-[0-9a-f]{40}(?!\w))/g,
  /(?<![\w.-])()(SG\.[\w-]{16,}\.[\w-]{16,}|GOCSPX-[\w-]{16,}|pypi-[\w-]{16,}|AGE-SECRET-KEY-1[0-9A-Z]{8,})/g,
  /(?<![\w-])()(glpat-[\w-]{8,}|xox[abprs]-[\w-]{8,}|SWM(?:TKN|KEY)-[\w-]{8,}|sk-[\w-]{16,}|hvs\.[\w-]{8,}|AIza[\w-]{30,}|eyJ[\w-]+\.[\w-]+\.[\w-]*)/g,
  /\b(bearer\s+)((?=[\w.~+/-]*\d)[\w.~+/-]{8,}=*)/gi,
  // Other than a word: with a capital, a digit or a sign behind its first letter.
  /\b([Bb][Aa][Ss][Ii][Cc](?:\\?\s)+)((?=[A-Za-z0-9+/]+[A-Z\d=+/])[A-Za-z0-9+/]{8,}={0,2})/g,
  // Addresses that whoever knows them may post to, or read from.
  /(\bhooks\.slack\.com\/(?:services|workflows|triggers)\/)([\w/-]{8,})/g,
  /(\bdiscord(?:app)?\.com\/api\/(?:v\d+\/)?webhooks\/\d+\/)([\w-]{8,})/g,
  /(\.webhook\.office\.com\/webhookb2\/)([\w@/-]{8,})/g,
  /(\bapi\.telegram\.org\/bot)(\d+:[\w-]{8,})/g,
  /([?&;]sig=)((?=[\w%+/-]*\d)[\w%+/-]{16,}=*)/g,
  // Hashes of passwords, as of crypt, htpasswd, LDAP and PostgreSQL.
  /()(\${1,2}(?:2[abxy]?|1|5|6|7|y|apr1|argon2(?:id|i|d)|scrypt|pbkdf2[\w-]*)\${1,2}[^\s"':;,$]+(?:\$[^\s"':;,$]+)*)/g,
  /()(\{(?:S?SHA(?:256|512)?|S?MD5|CRYPT)\}[\w+/=$.]{8,})/g,
  /(?<!\w)()(md5[0-9a-f]{32}(?!\w)|SCRAM-SHA-256\$[^\s"']+)/g,
  // user:password@host, in a URL or in a data source name of Go.
  /(:\/\/[^\s:@/"'<>]*:)(?!\d{1,5}(?:[/?#]|$))((?:(?!:\/\/)[^\s"'<>`])+)(?=@)/g,
  /(:\/\/)((?=[\w-]*\d)[\w-]{20,})(?=@)/g,
  /((?:^|[\s"'=])[\w.-]+:)([^\s"'@]+)(?=@(?:tcp|unix|udp)\()/g,
  // .pgpass, .netrc, HAProxy's userlist, SQL, PgBouncer's userlist.
  /^([^\s:#]+:(?:\d+|\*):[^\s:]+:[^\s:]+:)(\S+)$/g,
  /(\b(?:login|user|username)\s+\S+\s+(?:insecure-)?password\s+)([^\s;]+)/g,
  // ipsec.secrets, and Postfix's passwords of other hosts.
  /(:\s{0,9}(?:PSK|EAP|XAUTH|NTLM)\s{1,9}")([^"]+)/g,
  /(:\s{0,9}(?:PSK|EAP|XAUTH|NTLM)\s{1,9})(0[sx][\w+/=]{4,})/g,
  /(:\s{0,9}(?:RSA|ECDSA|BLISS|P12|PKCS8|PKCS12|PIN)\s{1,9}[^\s"]{1,200}\s{1,9}")([^"]+)/g,
  /^(\s*\[[^\]\s]{1,255}\](?::[\w-]{1,20})?\s{1,40}[^\s:]{1,255}:)(?!\d{1,5}\s*$)(\S+)(?=\s*$)/g,
  // Flags of one letter, where the program says what they mean.
  /(\bsshpass\s+-p\s*)([^\s-]\S*)/g,
  /(\bcurl\s(?:[^|\n]{0,200}\s)?(?:-u|--user)[ =]?["']?[^\s:"']{1,100}:)([^\s"']+)/g,
  /(\bmysql(?:dump|admin)?\s(?:[^|\n]{0,200}\s)?-p)([^\s-]\S*)/g,
  // HAProxy's statistics, Redis's users, SNMP.
  /(\bstats\s+auth\s+[^\s:]+:)(\S+)/g,
  /((?:^|\s)user\s+\S+\s(?:[^>\n]{0,200}\s)?>)(\S+)/g,
  /(\bcreateUser\s+\S+\s+(?:MD5|SHA[\d-]*)\s+"?)([^\s"]+)/g,
  /(\bcreateUser\s[^\n]{0,200}\s(?:DES|AES[\d-]*)\s+"?)([^\s"]+)/g,
  /(\b(?:ro|rw|com2sec\s+\S+\s+\S+|snmp-server\s+)?community\s+)(?!public\b)([^\s;:]+)/g,
  /^("[^"]+"[ \t]+")([^"]{4,})(?="\s*$)/g,
  /(\b(?:identified\s+(?:with\s+\w+\s+)?by|password)\s+')([^']+)(?=')/gi,
]

/** Where a line holds what is a credential by its look alone. */
export const shapesIn = (line: string): Span[] =>
  shapes.flatMap((shape) => {
    // Most lines hold none, and to look for one costs a tenth of looking for all.
    if (line.search(shape) < 0) return []
    return [...line.matchAll(shape)].map(
      ({ index, 1: before = '', 2: value = '' }): Span => {
        const start = index + before.length
        return [start, start + value.length]
      },
    )
  })
