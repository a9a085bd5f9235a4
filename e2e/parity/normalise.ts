/** What is different from swarm to swarm, and from engine to engine, but says the same. */
export type Particulars = {
  /** As `GET /version` names them. */
  engine: string
  api: string
  minApi: string
}

const TIME =
  /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d)(?: UTC)?)?/g
const AGO =
  /\b(?:Less than a|About an?|\d+) (?:second|minute|hour|day)s?(?: ago)?(?=\W|$)/gi

/** A text without what no two swarms have in common: each such thing by its kind. */
export function normalised(text: string, { engine, api, minApi }: Particulars): string {
  return text
    .replaceAll(/SWMTKN-1-[\w-]+/g, '<token>')
    .replaceAll(/SWMKEY-1-[\w+/=-]+/g, '<key>')
    .replaceAll(/-----BEGIN [A-Z ]+-----[^-]+-----END [A-Z ]+-----/g, '<pem>')
    .replaceAll(TIME, '<time>')
    .replaceAll(AGO, '<ago>')
    .replaceAll(/sha256:[0-9a-f]{64}/g, '<digest>')
    .replaceAll(/\b[0-9a-f]{64}\b/g, '<hash>')
    .replaceAll(/\b[0-9a-z]{25}\b/g, '<id>')
    .replaceAll(/\b(?=[a-z]*\d)(?=\d*[a-z])[0-9a-z]{12}\b/g, '<short>')
    .replaceAll(/\b\d{1,3}(?:\.\d{1,3}){3}(?:\/\d+)?(?::\d+)?\b/g, '<address>')
    .replaceAll(exactly(engine), '<engine>')
    .replaceAll(exactly(api), '<api>')
    .replaceAll(exactly(minApi), '<min>')
}

const exactly = (version: string) =>
  new RegExp(
    `(?<![\\d.])${version.replaceAll(/[.+]/g, '\\$&')}(?:\\+[\\w.]+)?(?![\\d.])`,
    'g',
  )
