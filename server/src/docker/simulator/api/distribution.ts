import { createHash } from 'node:crypto'
import { isMissing } from '../agent/images.ts'
import { parseReference } from '../agent/reference.ts'
import { json } from './call.ts'
import { Problem } from './problem.ts'
import type { Routes } from './router.ts'

/** Every image that there is has a digest, always the same one for the same name. */
export const DISTRIBUTION_ROUTES: Routes = {
  'GET /distribution/{*}/json': ({ params: [name = ''] }) => {
    const reference = parseReference(name)
    if (isMissing(reference)) {
      const { registry, repository, tag } = reference
      // @see swarm-lab FACTS q; a registry that is there says so in these words
      throw new Problem(
        404,
        `manifest for ${registry}/${repository}:${tag} not found: manifest unknown`,
      )
    }
    const digest = reference.digest ?? digestOf(reference.repository, reference.tag)
    return json({
      Descriptor: {
        mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
        digest,
        size: 528,
      },
      Platforms: [{ architecture: 'amd64', os: 'linux' }],
    })
  },
}

/** Of an image that is in its registry. */
export function digestOf(repository: string, tag: string): string {
  return `sha256:${createHash('sha256').update(`${repository}:${tag}`).digest('hex')}`
}
