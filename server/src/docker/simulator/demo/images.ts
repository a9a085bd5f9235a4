import { type Behaviour, err, type LogLine, out } from '../agent/behaviour.ts'
import type { ImageBook } from '../agent/images.ts'
import type { Random } from '../random.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND

/** What the company's own images do, where they do more than run. */
export function bookOfImages(random: Random): ImageBook {
  return new Map<string, (plain: Behaviour) => Behaviour>([
    ['shop/web', healthyAfter(4 * SECOND)],
    ['shop/catalog', healthyAfter(16 * SECOND)],
    ['shop/checkout', healthyAfter(6 * SECOND)],
    [
      'shop/checkout:5.3.0',
      (plain) => ({
        ...plain,
        health: { after: 14 * SECOND, ends: 'unhealthy' },
        stop: { after: 400, code: 1 },
        log: writing(plain, [
          out('checkout: 5.3.0 starting'),
          out('checkout: connecting to the payment provider, API v4'),
          err('checkout: GET /healthz 503: payment provider: 401 unknown API version v4'),
        ]),
      }),
    ],
    [
      'billing/ledger-import',
      (plain) => ({
        ...plain,
        exit: { after: 2600, code: 1 },
        log: {
          ...writing(plain, [out('ledger-import: reading the ledger of last month')]),
          last: err(
            'ledger-import: fatal: lookup ledger-db on 127.0.0.11:53: no such host',
          ),
        },
      }),
    ],
    [
      'shop/recommender',
      (plain) => ({
        ...plain,
        exit: { after: random.between(2 * MINUTE, 9 * MINUTE), code: 137 },
      }),
    ],
    ['billing/invoices', endsAfter(25 * SECOND, '1,204 invoices written')],
    ['edge/acme', endsAfter(12 * SECOND, 'no certificate is due')],
    ['ops/backup', endsAfter(45 * SECOND, 'shop: 18.4 GB saved')],
    ['ops/cleanup', endsAfter(8 * SECOND, 'nothing to clean up')],
    [
      'postgres',
      (plain) => ({
        ...plain,
        start: 1500,
        stop: { after: 2500, code: 0 },
        health: { after: 5 * SECOND, ends: 'healthy' },
        log: writing(plain, [
          out('PostgreSQL Database directory appears to contain a database'),
          err('LOG:  database system is ready to accept connections'),
        ]),
      }),
    ],
  ])
}

const healthyAfter = (after: number) => (plain: Behaviour) => ({
  ...plain,
  health: { after, ends: 'healthy' as const },
})

const endsAfter = (after: number, words: string) => (plain: Behaviour) => ({
  ...plain,
  exit: { after, code: 0 },
  log: { ...writing(plain, plain.log.first), last: out(words) },
})

/** Some lines when it begins, and no more. */
const writing = ({ log }: Behaviour, first: readonly LogLine[]) => ({
  ...log,
  first,
  every: 0,
})
