import {
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign,
} from 'node:crypto'
import type { Tls } from './store/objects.ts'

export type Identity = { tls: Tls; certificate: string; key: string }

/** Object identifiers, as DER writes them. */
const ED25519 = [0x06, 0x03, 0x2b, 0x65, 0x70]
const COMMON_NAME = [0x06, 0x03, 0x55, 0x04, 0x03]
const BASIC_CONSTRAINTS = [0x06, 0x03, 0x55, 0x1d, 0x13]
const SUBJECT_ALTERNATIVES = [0x06, 0x03, 0x55, 0x1d, 0x11]

const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex')

const YEAR = 365 * 86_400_000

/**
 * A certificate authority that is at the same time the managers' certificate, always the
 * same for one seed: Ed25519 signs without chance. The name in it is `swarm-manager`, as
 * in every manager's.
 */
export function makeIdentity(seed: string, now: number): Identity {
  const secret = createHash('sha256').update(`swarm ca ${seed}`).digest()
  const der = Buffer.concat([PKCS8_ED25519, secret])
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' })
  const name = sequence(set(sequence(COMMON_NAME, utf8('swarm-manager'))))
  const body = certificateBody(name, publicKey, now)
  const certificate = pem(sequence(body, sequence(ED25519), signature(body, key)))
  return {
    certificate,
    key: key.export({ format: 'pem', type: 'pkcs8' }).toString(),
    tls: {
      TrustRoot: certificate,
      CertIssuerSubject: name.toString('base64'),
      CertIssuerPublicKey: publicKey.toString('base64'),
    },
  }
}

/** @see RFC 5280, 4.1 */
function certificateBody(name: Buffer, publicKey: Buffer, now: number): Buffer {
  const extensions = sequence(
    sequence(BASIC_CONSTRAINTS, [0x01, 0x01, 0xff], octets(sequence([0x01, 0x01, 0xff]))),
    sequence(
      SUBJECT_ALTERNATIVES,
      octets(sequence(tagged(0x82, Buffer.from('swarm-manager')))),
    ),
  )
  return sequence(
    tagged(0xa0, Buffer.from([0x02, 0x01, 0x02])),
    [0x02, 0x01, 0x01],
    sequence(ED25519),
    name,
    sequence(time(now - YEAR), time(now + 20 * YEAR)),
    name,
    publicKey,
    tagged(0xa3, extensions),
  )
}

function signature(body: Buffer, key: KeyObject): Buffer {
  return tagged(0x03, Buffer.concat([Buffer.from([0]), sign(null, body, key)]))
}

function time(instant: number): Buffer {
  const digits = new Date(instant).toISOString().replace(/[-:T]/g, '').slice(0, 14)
  return tagged(0x18, Buffer.from(`${digits}Z`))
}

function utf8(text: string): Buffer {
  return tagged(0x0c, Buffer.from(text))
}

function octets(content: Buffer): Buffer {
  return tagged(0x04, content)
}

function set(content: Buffer): Buffer {
  return tagged(0x31, content)
}

function sequence(...parts: (Buffer | number[])[]): Buffer {
  return tagged(0x30, Buffer.concat(parts.map((part) => Buffer.from(part))))
}

function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content
  const size =
    length < 128
      ? [length]
      : length < 256
        ? [0x81, length]
        : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

function pem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}
