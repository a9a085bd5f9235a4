import { describe, expect, test } from 'vitest'
import { classify, DockerError, failedAnswer } from './errors.ts'

const rpc = (code: string, text: string) => `rpc error: code = ${code} desc = ${text}`
const NO_LEADER =
  "The swarm does not have a leader. It's possible that too few managers are online. " +
  'Make sure more than half of the managers are online.'
const LOCKED =
  'Swarm is encrypted and needs to be unlocked before it can be used. ' +
  'Please use "docker swarm unlock" to unlock it.'
const NOT_MANAGER = 'This node is not a swarm manager.'

/** As recorded from engines 20.10 and 28, or as their source words it. */
describe('failed answers', () => {
  test.each([
    [500, rpc('Unknown', 'update out of sequence'), 'out-of-sequence'],
    [500, rpc('Unknown', NO_LEADER), 'no-quorum'],
    [
      500,
      rpc('Unknown', 'raft: failed to process the request: node lost leader status'),
      'no-quorum',
    ],
    [500, rpc('DeadlineExceeded', 'context deadline exceeded'), 'timeout'],
    [
      500,
      rpc('DeadlineExceeded', 'stream terminated by RST_STREAM with error code: CANCEL'),
      'timeout',
    ],
    [
      503,
      `${NOT_MANAGER} Worker nodes can't be used to view or modify cluster state. Please ` +
        'run this command on a manager node or promote the current node to a manager.',
      'not-a-manager',
    ],
    [
      503,
      `${NOT_MANAGER} Use "docker swarm init" or "docker swarm join" to connect this node ` +
        'to swarm and try again.',
      'no-swarm',
    ],
    [
      503,
      `${NOT_MANAGER} Manager is being prepared or has trouble connecting to the cluster.`,
      'manager-starting',
    ],
    [503, LOCKED, 'locked'],
    [
      503,
      'Swarm certificates have expired. To replace them, leave the swarm and join again.',
      'certificates-expired',
    ],
    [400, rpc('InvalidArgument', 'secret not found: x'), 'invalid'],
    [500, rpc('Unknown', 'constraint expected one operator from ==, !='), 'invalid'],
    [500, 'network nosuchnet not found', 'invalid'],
    [501, rpc('Unimplemented', 'renaming services is not supported'), 'invalid'],
    [404, 'service nope not found', 'not-found'],
    [409, rpc('AlreadyExists', 'secret db_pw already exists'), 'name-taken'],
    [
      400,
      'client version 1.60 is too new. Maximum supported API version is 1.51',
      'too-old',
    ],
    [400, 'Client sent an HTTP request to an HTTPS server.\n', 'tls'],
    [403, '', 'denied'],
    [502, '', 'unreachable'],
    [504, '', 'timeout'],
    [500, 'something else', 'failed'],
  ])('%i %s is %s', (status, text, kind) => {
    expect(failedAnswer(status, text)).toMatchObject({ kind, status })
  })

  test('the message is the engine’s own, without the prefix', () => {
    expect(failedAnswer(500, rpc('Unknown', 'update out of sequence')).message).toBe(
      'update out of sequence',
    )
    expect(failedAnswer(403, '').message).toBe('The engine answered 403.')
  })

  test('what people typed, quoted back to them, does not decide', () => {
    expect(failedAnswer(400, 'invalid label "docker swarm init"').kind).toBe('invalid')
  })
})

describe('classify', () => {
  const withCode = (code: string) => Object.assign(new Error(`connect ${code}`), { code })

  test.each([
    ['ECONNREFUSED', 'unreachable'],
    ['ENOENT', 'unreachable'],
    ['ENOTFOUND', 'unreachable'],
    ['ECONNRESET', 'unreachable'],
    ['EACCES', 'denied'],
    ['ETIMEDOUT', 'timeout'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls'],
    ['CERT_HAS_EXPIRED', 'tls'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'tls'],
    ['EPROTO', 'tls'],
    ['HPE_INVALID_CONSTANT', 'protocol'],
    ['ESOMETHING', 'failed'],
  ])('%s is %s', (code, kind) => {
    const error = classify(withCode(code))
    expect(error).toMatchObject({ kind, status: null, message: `connect ${code}` })
  })

  test.each([
    [4, 'Deadline exceeded', 'timeout'],
    [12, 'unknown service docker.swarmkit.v1.Watch', 'too-old'],
    [14, 'No connection established. Last error: connect ENOENT /x', 'unreachable'],
    [14, 'No connection established. Last error: connect EACCES /x', 'denied'],
    [14, 'Last error: Error: self-signed certificate in certificate chain', 'tls'],
    [16, 'unauthenticated', 'denied'],
    [2, NO_LEADER, 'no-quorum'],
    [13, 'internal', 'failed'],
    [1, 'context canceled', 'unreachable'],
  ])('gRPC %i %s is %s', (code, details, kind) => {
    expect(classify(Object.assign(new Error('x'), { code, details }))).toMatchObject({
      kind,
    })
  })

  test('gRPC’s frame around an error is taken off', () => {
    const details =
      'No connection established. Last error: Error: connect ENOENT /run/c.sock. ' +
      'Resolution note: '
    const error = classify(Object.assign(new Error('x'), { code: 14, details }))
    expect(error.message).toBe('connect ENOENT /run/c.sock')
  })

  test('a text from /info tells by itself', () => {
    const error = classify(new Error(rpc('Unknown', NO_LEADER)))
    expect(error).toMatchObject({ kind: 'no-quorum', message: NO_LEADER })
    expect(classify(new Error(LOCKED)).kind).toBe('locked')
  })

  test('a DockerError stays what it is, and whatever is thrown becomes one', () => {
    const error = new DockerError('locked', 'x')
    expect(classify(error)).toBe(error)
    expect(classify('boom')).toMatchObject({ kind: 'failed', message: 'boom' })
    expect(classify(undefined)).toBeInstanceOf(DockerError)
  })
})
