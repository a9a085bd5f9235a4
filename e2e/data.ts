import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Lab, until } from './lab/lab.ts'

const pathIn = (lab: Lab, node: string, volume: string, name: string): string =>
  join(lab.dir, 'nodes', node, 'data', 'volumes', volume, '_data', name)

/** What the store on this node has written into a volume; null while nothing is there. */
export const written = (lab: Lab, node: string, volume: string): Promise<string | null> =>
  readFile(pathIn(lab, node, volume, 'journal'), 'utf8').catch(() => null)

/** Makes a volume with a folder in it, on this node alone. */
export async function makeFolder(lab: Lab, node: string, volume: string, folder: string) {
  await lab.docker(node, 'volume', 'create', volume)
  await mkdir(pathIn(lab, node, volume, folder))
}

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
