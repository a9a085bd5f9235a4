import { onTestFinished } from 'vitest'
import type { Residency } from '../domain/residency.ts'
import type { Tracking } from '../domain/tracking.ts'
import { aMemory } from '../memory/memory.fixture.ts'
import type { Memory } from '../memory/memory.ts'
import type { TestEngine } from '../mirror/engine.fixture.ts'
import { aMirror, live } from '../mirror/mirror.fixture.ts'
import type { Mirror } from '../mirror/mirror.ts'
import { silent } from '../silent.fixture.ts'
import { createOperations, type Operations } from './operations.ts'

/** What the commands of a console work with. */
export type Console = {
  mirror: Mirror
  memory: Memory<Tracking>
  operations: Operations
  residency: () => Residency
  readOnly: boolean
}

/** A console that has read this engine, and remembers until the end of the test. */
export async function aConsole(engine: TestEngine): Promise<Console> {
  const memory = await aMemory<Tracking>()
  const mirror = aMirror(engine)
  await live(mirror)
  const operations = createOperations(mirror, memory, silent)
  onTestFinished(operations.stop)
  await operations.start()
  return { mirror, memory, operations, residency: () => new Map(), readOnly: false }
}
