import { serviceSpec } from '../specs.ts'

const container = (fields: object) => ({ container: fields })
const template = (fields: object) => ({ template: fields })
const ports = (...Ports: object[]) => ({ EndpointSpec: { Ports } })
const mount = (fields: object) => container({ Mounts: [fields] })

/** What no engine makes a service of, or only one that forgives. */
export const badSpecs: Record<string, object> = {
  'no spec': {},
  'no image': { ...serviceSpec('c'), TaskTemplate: { ContainerSpec: {} } },
  'no container': { ...serviceSpec('c'), TaskTemplate: {} },
  'bad name': serviceSpec('no spaces!'),
  'no name': serviceSpec(''),
  'name too long': serviceSpec('x'.repeat(64)),
  'bad image': serviceSpec('c', { image: 'UPPER:CASE:x' }),
  'unknown network': serviceSpec('c', template({ Networks: [{ Target: 'nosuchnet' }] })),
  'unknown secret': serviceSpec(
    'c',
    container({
      Secrets: [
        {
          SecretID: 'nope',
          SecretName: 'x',
          File: { Name: 'x', UID: '0', GID: '0', Mode: 292 },
        },
      ],
    }),
  ),
  'secret without a file': serviceSpec(
    'c',
    container({ Secrets: [{ SecretID: 'nope', SecretName: 'x' }] }),
  ),
  'unknown config': serviceSpec(
    'c',
    container({
      Configs: [
        {
          ConfigID: 'nope',
          ConfigName: 'x',
          File: { Name: 'x', UID: '0', GID: '0', Mode: 292 },
        },
      ],
    }),
  ),
  'constraint with one =': serviceSpec(
    'c',
    template({ Placement: { Constraints: ['a=b'] } }),
  ),
  'constraint without a value': serviceSpec(
    'c',
    template({ Placement: { Constraints: ['node.role=='] } }),
  ),
  'constraint with a bad key': serviceSpec(
    'c',
    template({ Placement: { Constraints: ['no de==x'] } }),
  ),
  'port published twice': serviceSpec(
    'c',
    ports({ TargetPort: 80, PublishedPort: 9101 }, { TargetPort: 81, PublishedPort: 9101 }),
  ),
  'port without a target': serviceSpec('c', ports({ PublishedPort: 9101 })),
  'port with an unknown mode': serviceSpec(
    'c',
    ports({ TargetPort: 80, PublishMode: 'tunnel' }),
  ),
  'port with an unknown protocol': serviceSpec(
    'c',
    ports({ TargetPort: 80, Protocol: 'smtp' }),
  ),
  'unknown endpoint mode': serviceSpec('c', { EndpointSpec: { Mode: 'magic' } }),
  'dnsrr with an ingress port': serviceSpec('c', {
    EndpointSpec: { Mode: 'dnsrr', Ports: [{ TargetPort: 80, PublishedPort: 9102 }] },
  }),
  'two modes': serviceSpec('c', { Mode: { Replicated: { Replicas: 1 }, Global: {} } }),
  'job with an update config': serviceSpec('c', {
    Mode: { ReplicatedJob: {} },
    UpdateConfig: { Parallelism: 1 },
  }),
  'job with restart any': serviceSpec('c', {
    Mode: { ReplicatedJob: {} },
    ...template({ RestartPolicy: { Condition: 'any' } }),
  }),
  'unknown restart condition': serviceSpec(
    'c',
    template({ RestartPolicy: { Condition: 'sometimes' } }),
  ),
  'negative restart delay': serviceSpec('c', template({ RestartPolicy: { Delay: -1 } })),
  'unknown failure action': serviceSpec('c', {
    UpdateConfig: { Parallelism: 1, FailureAction: 'weep' },
  }),
  'unknown update order': serviceSpec('c', {
    UpdateConfig: { Parallelism: 1, Order: 'sideways' },
  }),
  'negative update delay': serviceSpec('c', {
    UpdateConfig: { Parallelism: 1, Delay: -1 },
  }),
  'failure ratio above one': serviceSpec('c', {
    UpdateConfig: { Parallelism: 1, MaxFailureRatio: 2 },
  }),
  'negative replicas': serviceSpec('c', { replicas: -1 }),
  'too little memory': serviceSpec(
    'c',
    template({ Resources: { Limits: { MemoryBytes: 100 } } }),
  ),
  'too little cpu': serviceSpec(
    'c',
    template({ Resources: { Limits: { NanoCPUs: 100 } } }),
  ),
  'negative cpu': serviceSpec(
    'c',
    template({ Resources: { Reservations: { NanoCPUs: -1 } } }),
  ),
  'mount without a target': serviceSpec('c', mount({ Type: 'volume', Source: 'v' })),
  'mount of an unknown type': serviceSpec(
    'c',
    mount({ Type: 'cloud', Source: 'v', Target: '/v' }),
  ),
  'mounts on one target': serviceSpec(
    'c',
    container({
      Mounts: [
        { Type: 'volume', Source: 'a', Target: '/v' },
        { Type: 'volume', Source: 'b', Target: '/v' },
      ],
    }),
  ),
  'bind without a source': serviceSpec('c', mount({ Type: 'bind', Target: '/v' })),
  'bind with a relative source': serviceSpec(
    'c',
    mount({ Type: 'bind', Source: 'here', Target: '/v' }),
  ),
  'health check of a negative interval': serviceSpec(
    'c',
    container({ Healthcheck: { Test: ['CMD', 'true'], Interval: -1 } }),
  ),
  'environment template that cannot be read': serviceSpec(
    'c',
    container({ Env: ['A={{.Nonsense}}'] }),
  ),
  'unknown runtime': serviceSpec('c', template({ Runtime: 'magic' })),
  'unknown isolation': serviceSpec('c', container({ Isolation: 'magic' })),
}
