import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Lab, until } from './lab/lab.ts'

/** What the store on this node has written into a volume; null while nothing is there. */
export const written = (lab: Lab, node: string, volume: string): Promise<string | null> =>
  readFile(
    join(lab.dir, 'nodes', node, 'data', 'volumes', volume, '_data', 'journal'),
    'utf8',
  ).catch(() => null)

/** Removes every volume that no container holds any more, on every node. */
export async function forgetData(lab: Lab): Promise<void> {
  for (const node of ['m1', 'm2', 'm3', 'w1', 'w2']) {
    await until(
      () =>
        lab.docker(node, 'volume', 'prune', '--all', '--force').then(
          () => true,
          // Before 23 there is no such flag, and a prune means all of them.
          () => lab.docker(node, 'volume', 'prune', '--force').then(() => true),
        ),
      { what: `the volumes of ${node} to go`, timeout: 30_000 },
    )
  }
}
