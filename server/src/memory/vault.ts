import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
} from 'node:crypto'
import { type FileHandle, open as openFile } from 'node:fs/promises'
import { codeOf, MemoryError, wordsOf } from './errors.ts'

/** A document that was kept and cannot be read: with another key, or no longer as sealed. */
export class VaultError extends Error {
  override readonly name = 'VaultError'
  readonly kind: 'other-key' | 'damaged'

  constructor(kind: VaultError['kind'], message: string) {
    super(message)
    this.kind = kind
  }
}

/**
 * Encrypts what must not lie in a database in clear. Whoever has the database alone can
 * neither read it, nor change it, nor put one document in the place of another.
 */
export type Vault = {
  /** Tells one key from another, and nothing of the key. */
  readonly keyId: string
  /** @param about what the text belongs to; it opens for the same words only */
  seal(text: string, about: string): string
  /** @throws VaultError */
  open(envelope: string, about: string): string
  /**
   * A digest that can be compared, and from which, without the key, no guess at the text can
   * be confirmed.
   */
  fingerprint(text: string): string
}

const keyBytes = 32
/** Of GCM: what SP 800-38D recommends, and at random is safe for 2^32 documents. */
const nonceBytes = 12
const tagBytes = 16
const form = 'v1'

/**
 * The vault of a key file, which holds 32 bytes, or the same as 64 hex digits or as base64;
 * null without a file. @throws MemoryError that says what is wrong with the file
 */
export async function openVault(keyFile: string | null): Promise<Vault | null> {
  return keyFile === null ? null : vaultOf(await readKey(keyFile))
}

/** @param key 32 random bytes */
export function vaultOf(key: Buffer): Vault {
  const derive = (use: string) =>
    Buffer.from(hkdfSync('sha256', key, '', `skep ${use}`, keyBytes))
  const sealing = derive('seal')
  const comparing = derive('fingerprint')
  const keyId = derive('id').toString('hex', 0, 8)
  const bound = (about: string) => Buffer.from(JSON.stringify([form, keyId, about]))

  return {
    keyId,
    seal: (text, about) => {
      const nonce = randomBytes(nonceBytes)
      const options = { authTagLength: tagBytes }
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce, options)
      cipher.setAAD(bound(about))
      const sealed = [nonce, cipher.update(text, 'utf8'), cipher.final()]
      const bytes = Buffer.concat([...sealed, cipher.getAuthTag()])
      return [form, keyId, bytes.toString('base64url')].join('.')
    },
    open: (envelope, about) => {
      const [version, sealedWith, body = ''] = envelope.split('.')
      if (version !== form) {
        throw new VaultError('damaged', 'This was not sealed in a way that Skep knows.')
      }
      if (sealedWith !== keyId) {
        throw new VaultError(
          'other-key',
          'This was sealed with another key than the one in SKEP_SECRET_KEY_FILE.',
        )
      }
      const bytes = Buffer.from(body, 'base64url')
      try {
        const nonce = bytes.subarray(0, nonceBytes)
        const options = { authTagLength: tagBytes }
        const decipher = createDecipheriv('aes-256-gcm', sealing, nonce, options)
        decipher.setAAD(bound(about))
        decipher.setAuthTag(bytes.subarray(-tagBytes))
        const text = decipher.update(bytes.subarray(nonceBytes, -tagBytes))
        // Nothing of it is told before this has found the whole of it unchanged.
        return Buffer.concat([text, decipher.final()]).toString('utf8')
      } catch {
        throw new VaultError('damaged', 'What was sealed has been changed since.')
      }
    },
    fingerprint: (text) => createHmac('sha256', comparing).update(text).digest('base64url'),
  }
}

async function readKey(path: string): Promise<Buffer> {
  const start = `SKEP_SECRET_KEY_FILE=${path}`
  let file: FileHandle | undefined
  try {
    file = await openFile(path, 'r')
    const facts = await file.stat()
    if (!facts.isFile()) throw new MemoryError(`${start} is no file.`)
    if ((facts.mode & 0o007) !== 0) {
      throw new MemoryError(
        `${start} can be read by everybody on this machine. Do \`chmod 600\` on it; where it is a secret of a service, give it \`mode: 0400\` there.`,
      )
    }
    const key = facts.size > 1_000 ? null : keyOf(await file.readFile())
    if (key) return key
    throw new MemoryError(
      `${start} holds no key: 32 bytes, or the same as 64 hex digits or as base64. \`openssl rand -hex 32\` makes one.`,
    )
  } catch (error) {
    if (error instanceof MemoryError) throw error
    const reason =
      codeOf(error) === 'ENOENT'
        ? 'does not exist'
        : codeOf(error) === 'EACCES'
          ? 'may not be read by the user that runs Skep'
          : `cannot be read: ${wordsOf(error)}`
    throw new MemoryError(`${start} ${reason}.`)
  } finally {
    await file?.close()
  }
}

function keyOf(content: Buffer): Buffer | null {
  // Text of that length is half a key in hex, or a password: bytes at random never are.
  const isText = /^[\x20-\x7e]*$/.test(content.toString('latin1'))
  if (content.length === keyBytes && !isText) return content
  const text = content.toString('latin1').trim()
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex')
  // Node reads both alphabets of base64, with padding and without.
  if (/^[\w+/-]{43}=?$/.test(text)) return Buffer.from(text, 'base64')
  return null
}
