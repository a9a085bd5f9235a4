import { onTestFinished } from 'vitest'
import { silent } from '../silent.fixture.ts'
import { MemoryError } from './errors.ts'
import { type Memory, type MemorySettings, openMemory } from './memory.ts'

/** A memory that is closed after the test, and gone with it unless it is given a place. */
export async function aMemory<Tracking>(
  settings: Partial<MemorySettings> = {},
): Promise<Memory<Tracking>> {
  const memory = await openMemory<Tracking>({
    databaseUrl: null,
    dataDir: null,
    secretKeyFile: null,
    retentionDays: 30,
    now: Date.now,
    log: silent,
    ...settings,
  })
  onTestFinished(() => memory.close())
  return memory
}

/** What anything that is asked of a memory answers while its database is away. */
export const away = (): Promise<never> =>
  Promise.reject(new MemoryError('The memory does not answer: SQLITE_FULL'))
