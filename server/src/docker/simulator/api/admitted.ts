import type { Answer, Call } from './call.ts'

type Asked = { path: string; work: () => Answer | Promise<Answer> }

/**
 * Does what was asked once the managers let it in.
 * @param path what they judge by
 * @throws Problem where they refuse, or the work does
 */
export async function admitted(
  { swarm, nodeId, method, signal }: Call,
  { path, work }: Asked,
): Promise<Answer> {
  const write = async () => void (await work())
  await swarm.managers.admit(nodeId, {
    method,
    path,
    signal,
    // Whoever asked was told that it failed, and is told no more.
    write: () => write().catch(() => {}),
  })
  return work()
}
