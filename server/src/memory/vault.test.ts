import { randomBytes } from 'node:crypto'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from './databases.fixture.ts'
import { MemoryError } from './errors.ts'
import { openVault, VaultError, vaultOf } from './vault.ts'

const key = randomBytes(32)

function keyFile(content: string | Buffer, mode = 0o600): string {
  const path = join(temporaryFolder(), 'key')
  writeFileSync(path, content)
  chmodSync(path, mode)
  return path
}

describe('a vault', () => {
  test('opens what it sealed, and seals nothing twice the same', () => {
    const vault = vaultOf(key)
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, about) => {
        const sealed = vault.seal(text, about)
        expect(vault.open(sealed, about)).toBe(text)
        expect(vault.seal(text, about)).not.toBe(sealed)
      }),
    )
  })

  test('shows nothing of what it sealed', () => {
    const sealed = vaultOf(key).seal('DB_PASSWORD=hunter2', 'web')
    const bytes = Buffer.from(sealed.split('.')[2] ?? '', 'base64url').toString('latin1')
    expect(sealed + bytes).not.toMatch(/DB_PASSWORD|hunter2/)
  })

  test('with another key opens nothing, and says that it is another', () => {
    const sealed = vaultOf(key).seal('{}', 'web')
    const other = vaultOf(randomBytes(32))
    expect(() => other.open(sealed, 'web')).toThrow(VaultError)
    expect(() => other.open(sealed, 'web')).toThrow(/another key/)
    // Even one that is made to look as if it were of this key.
    const forged = sealed.replace(vaultOf(key).keyId, other.keyId)
    expect(() => other.open(forged, 'web')).toThrow(/changed/)
  })

  test('opens nothing in which one bit was changed, or that was moved elsewhere', () => {
    const vault = vaultOf(key)
    const sealed = vault.seal('{"Env":["A=b"]}', 'web 1')
    const [form, id, body = ''] = sealed.split('.')
    const bytes = Buffer.from(body, 'base64url')
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      const envelope = [form, id, changed.toString('base64url')].join('.')
      expect(() => vault.open(envelope, 'web 1')).toThrow(/changed/)
    }
    expect(() => vault.open(sealed, 'web 2')).toThrow(/changed/)
  })

  test.each(['', 'v1', 'v2.x.y', '{"Env":[]}', `v1.${vaultOf(key).keyId}.`, 'v1..'])(
    'opens no %j',
    (envelope) => {
      expect(() => vaultOf(key).open(envelope, 'web')).toThrow(VaultError)
    },
  )

  test('tells equal texts from others, and a guess needs the key', () => {
    const vault = vaultOf(key)
    expect(vault.fingerprint('a')).toBe(vault.fingerprint('a'))
    expect(vault.fingerprint('a')).not.toBe(vault.fingerprint('b'))
    expect(vault.fingerprint('a')).not.toBe(vaultOf(randomBytes(32)).fingerprint('a'))
  })
})

describe('a key file', () => {
  test.each([
    ['32 bytes', key],
    ['hex', `${key.toString('hex')}\n`],
    ['upper-case hex', key.toString('hex').toUpperCase()],
    ['base64', `${key.toString('base64')}\n`],
    ['base64 of URLs', key.toString('base64url')],
  ])('may hold %s', async (_form, content) => {
    const vault = await openVault(keyFile(content))
    expect(vault?.keyId).toBe(vaultOf(key).keyId)
  })

  test('is not needed', async () => {
    expect(await openVault(null)).toBeNull()
  })

  test.each([
    ['too few bytes', Buffer.alloc(31)],
    ['too many', Buffer.alloc(33)],
    ['nothing', ''],
    ['a password', 'correct horse battery staple'],
    ['half a key', key.toString('hex').slice(0, 32)],
    ['a large file', Buffer.alloc(100_000)],
  ])('with %s is refused, in words that do not repeat it', async (_what, content) => {
    const opened = openVault(keyFile(content))
    await expect(opened).rejects.toThrow(MemoryError)
    await expect(opened).rejects.toThrow(/holds no key: 32 bytes/)
    await expect(opened).rejects.not.toThrow(/correct horse/)
  })

  test('that everybody can read is refused', async () => {
    const opened = openVault(keyFile(key, 0o604))
    await expect(opened).rejects.toThrow(/can be read by everybody.*chmod 600/)
  })

  test('that is not there, or is a folder, is named', async () => {
    const folder = temporaryFolder()
    chmodSync(folder, 0o700)
    await expect(openVault(join(folder, 'none'))).rejects.toThrow(/none does not exist/)
    await expect(openVault(folder)).rejects.toThrow(/is no file/)
  })
})
