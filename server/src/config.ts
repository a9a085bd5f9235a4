import { join } from 'node:path'
import { z } from 'zod'

/** Told in full at start: what is wrong with the environment, and what to write instead. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

const Environment = z.object({
  SKEP_PORT: z.coerce
    .number({ error: 'SKEP_PORT must be a port number, such as 4310' })
    .int()
    .min(0)
    .max(65_535)
    .default(4310),
  SKEP_HOST: z.string().default('127.0.0.1'),
  SKEP_ALLOW_UNAUTHENTICATED: z.string().optional(),
  SKEP_ALLOWED_HOSTS: z.string().default(''),
  SKEP_WATCH_SOCKET: z.string().optional(),
  SKEP_READ_ONLY: z
    .enum(['yes', 'no', ''], { error: 'SKEP_READ_ONLY is yes or no' })
    .default('no'),
  SKEP_DATA_DIR: z.string().optional(),
  SKEP_DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'SKEP_DATABASE_URL must begin with postgres://')
    .optional(),
  SKEP_SECRET_KEY_FILE: z.string().optional(),
  SKEP_RETENTION_DAYS: z.coerce
    .number({ error: 'SKEP_RETENTION_DAYS must be a number of days, such as 90' })
    .min(1)
    .max(36_500)
    .default(90),
  SKEP_LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info'),
})

export type Config = {
  port: number
  host: string
  /** Path of swarmkit's control socket; `off` for none; undefined to look beside Docker's. */
  watchSocket: string | undefined
  logLevel: string
  /** Names that the console may be asked for by, beside loopback's. */
  hosts: string[]
  /** Whether no write may reach an engine. */
  readOnly: boolean
  /** Where the journal and the spec history are kept, for how long, and under which key. */
  memory: {
    databaseUrl: string | null
    dataDir: string
    secretKeyFile: string | null
    retentionDays: number
  }
}

const loopback = /^(localhost|::1|127(\.\d{1,3}){3})$/

/** Reads the settings of the console. Where the engines are is endpoint.ts's to read. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const parsed = Environment.safeParse(environment)
  if (!parsed.success) {
    const lines = parsed.error.issues.map(
      (issue) => `${issue.path.join('.')}: ${issue.message}`,
    )
    throw new ConfigError(lines.join('\n'))
  }
  const { SKEP_HOST: host, SKEP_WATCH_SOCKET: watchSocket } = parsed.data
  if (!loopback.test(host) && parsed.data.SKEP_ALLOW_UNAUTHENTICATED !== 'yes') {
    throw new ConfigError(
      `SKEP_HOST=${host} would show this swarm to everyone who can reach that address: ` +
        'there is no sign-in yet. Leave SKEP_HOST at 127.0.0.1 and put an authenticating ' +
        'proxy in front, or set SKEP_ALLOW_UNAUTHENTICATED=yes to accept that.',
    )
  }
  return {
    port: parsed.data.SKEP_PORT,
    host,
    watchSocket,
    logLevel: parsed.data.SKEP_LOG_LEVEL,
    hosts: [host, ...namesIn(parsed.data.SKEP_ALLOWED_HOSTS)],
    readOnly: parsed.data.SKEP_READ_ONLY === 'yes',
    memory: {
      databaseUrl: parsed.data.SKEP_DATABASE_URL || null,
      dataDir: parsed.data.SKEP_DATA_DIR || dataDir(environment),
      secretKeyFile: parsed.data.SKEP_SECRET_KEY_FILE || null,
      retentionDays: parsed.data.SKEP_RETENTION_DAYS,
    },
  }
}

const namesIn = (list: string): string[] => list.split(/[\s,]+/).filter(Boolean)

/** @see https://specifications.freedesktop.org/basedir-spec/latest/ */
const dataDir = ({ XDG_DATA_HOME, HOME }: NodeJS.ProcessEnv): string =>
  join(XDG_DATA_HOME || join(HOME || '/var/lib', '.local/share'), 'skep')
