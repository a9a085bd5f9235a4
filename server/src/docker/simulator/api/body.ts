import { Problem } from './problem.ts'

/** What Go would decode a field into. */
type GoType =
  | 'string'
  | 'uint64'
  | 'float32'
  | 'time.Duration'
  | 'map[string]string'
  | '[]uint8'
  | { [name: string]: GoType }

const ANNOTATIONS = { Name: 'string', Labels: 'map[string]string' } as const
const ROLLOUT = {
  Parallelism: 'uint64',
  Delay: 'time.Duration',
  Monitor: 'time.Duration',
  MaxFailureRatio: 'float32',
} as const
const TASK = {
  ContainerSpec: {
    Image: 'string',
    StopGracePeriod: 'time.Duration',
    Healthcheck: { Interval: 'time.Duration' },
  },
  RestartPolicy: {
    Delay: 'time.Duration',
    MaxAttempts: 'uint64',
    Window: 'time.Duration',
  },
} as const
const STORED = { ...ANNOTATIONS, Data: '[]uint8' } as const

/** The fields whose type is looked at: those that people get wrong. */
const TYPES: readonly [RegExp, string, { [name: string]: GoType }][] = [
  [
    /^\/services\/(?:create|[^/]+\/update)$/,
    'ServiceSpec',
    {
      ...ANNOTATIONS,
      TaskTemplate: TASK,
      Mode: { Replicated: { Replicas: 'uint64' } },
      UpdateConfig: ROLLOUT,
      RollbackConfig: ROLLOUT,
    },
  ],
  [/^\/secrets\//, 'SecretSpec', STORED],
  [/^\/configs\//, 'ConfigSpec', STORED],
  [/^\/nodes\//, 'NodeSpec', { ...ANNOTATIONS, Role: 'string', Availability: 'string' }],
]

/**
 * The JSON of a request; null where there is none.
 * @see moby/moby daemon/server/httputils/httputils.go ReadJSON
 * @throws Problem in the words of Go's decoder
 */
export function readBody(text: string, path: string): unknown {
  if (text === '') return null
  const value = parse(text)
  const [, name = '', fields = {}] = TYPES.find(([of]) => of.test(path)) ?? []
  if (name === '') return value
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw invalidJson(
      `json: cannot unmarshal ${kindOf(value)} into Go value of type swarm.${name}`,
    )
  }
  check(value, fields, name)
  return value
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const why = String(error)
    if (/after JSON/.test(why)) throw new Problem(400, 'unexpected content after JSON')
    const at = Number(/at position (\d+)/.exec(why)?.[1] ?? text.length)
    const found = text.slice(at).trim()[0] ?? text.trim()[0] ?? ''
    const isCutShort = /end of JSON|Unterminated/.test(why) || at >= text.trimEnd().length
    if (isCutShort && /^[[{"]/.test(text.trim())) throw invalidJson('unexpected EOF')
    throw invalidJson(`invalid character '${found}' looking for beginning of value`)
  }
}

function check(
  value: object | null,
  fields: { [name: string]: GoType },
  path: string,
): void {
  for (const [name, type] of Object.entries(fields)) {
    const field: unknown = value ? Reflect.get(value, name) : null
    if (field === null || field === undefined) continue
    const where = `${path}.${name}`
    if (typeof type === 'object') {
      if (typeof field === 'object') check(field, type, where)
    } else if (!fits(field, type)) {
      throw invalidJson(
        `json: cannot unmarshal ${kindOf(field)} into Go struct field ${where} of type ${type}`,
      )
    } else if (type === '[]uint8' && typeof field === 'string') checkBase64(field, where)
  }
}

function fits(value: unknown, type: GoType): boolean {
  if (type === 'uint64') return typeof value === 'number' && value >= 0 && value % 1 === 0
  if (type === 'time.Duration') return Number.isInteger(value)
  if (type === 'float32') return typeof value === 'number'
  if (type === 'map[string]string')
    return typeof value === 'object' && !Array.isArray(value)
  return typeof value === 'string'
}

function checkBase64(text: string, where: string): void {
  const at = text.search(/[^A-Za-z0-9+/=\r\n]/)
  if (at < 0) return
  throw invalidJson(
    `json: cannot unmarshal string into Go struct field ${where} of type []uint8: illegal base64 data at input byte ${at}`,
  )
}

/** What it is in JSON; of a number that does not fit, the number as well. */
function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number' && (value < 0 || value % 1 !== 0)) return `number ${value}`
  if (typeof value === 'boolean') return 'bool'
  return typeof value
}

function invalidJson(text: string): Problem {
  return new Problem(400, `invalid JSON: ${text}`)
}
