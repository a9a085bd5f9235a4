import { storedName } from '@skep/shared/contract/stored'
import fc from 'fast-check'

const word = fc.constantFrom(
  ...['db', 'password', 'shop', 'nginx', 'tls', 'cert', 'postgres15', 'ipv4', 's3', 'key'],
  ...[
    'sha',
    'rsa',
    'x',
    'a.conf',
    'app.yml',
    'utf',
    'Q1',
    'v',
    'rev',
    'r',
    'w',
    'T',
    'r2',
    'beef',
  ],
)
const hex = fc.string({
  unit: fc.constantFrom(...'0123456789abcdef'),
  minLength: 5,
  maxLength: 16,
})
const version = fc.oneof(
  fc.constantFrom('v2', 'V07', '3', '2', '99', '999999999', 'rev3', '2024', '2024_11'),
  fc.constantFrom('2024-11-03', '20241103', '202411', '2024q3', 'Q3_2024', '2099-12'),
  fc.constantFrom('03-11-2024', '1.2.3', '10.0.0.1', '256', '4096', 'v999999999999999'),
  fc.constantFrom('r12', 'R3', 'rel7', '2026w12', '2026-W07', '2026w9', 'KW12_2026'),
  fc.constantFrom('20260102T0304', '20260102t030405Z', '20260102030405', '2026w60'),
  fc.nat({ max: 3000 }).map(String),
  hex,
)
const separator = fc.constantFrom('_', '-', '.', '__')
const extension = fc.constantFrom('', '', '', '.conf', '.yml', '.key')

/** Names that the engine takes, with and without versions, in many ways of writing. */
export const someName: fc.Arbitrary<string> = fc
  .oneof(
    fc
      .tuple(
        fc.array(word, { minLength: 1, maxLength: 4 }),
        fc.array(version, { maxLength: 3 }),
        separator,
        separator,
        extension,
      )
      .map(([words, versions, between, before, end]) => {
        const name = [words.join(between), ...versions].join(before) + end
        return name.slice(0, 64).replace(/[^a-z0-9]+$/i, '')
      }),
    fc.string({
      unit: fc.constantFrom(...'abcv_-.0123456789QqGrwT'),
      minLength: 1,
      maxLength: 64,
    }),
  )
  .filter((name) => storedName.safeParse(name).success)
