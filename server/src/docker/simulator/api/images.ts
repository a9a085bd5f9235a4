import { createHash } from 'node:crypto'
import { parseReference, type Reference } from '../agent/reference.ts'
import { json } from './call.ts'
import { digestOf } from './distribution.ts'
import type { Routes } from './router.ts'

/** The youngest image was built then. */
const BUILT = Date.UTC(2025, 9, 8, 12)
const DAY = 86_400_000

/**
 * The images that one engine has. An image that was asked for by digest has no tag there, as
 * on a real node of a swarm. When it was built and how large it is, is made up of its name.
 * @see moby/moby daemon/images/image_list.go
 */
export const IMAGE_ROUTES: Routes = {
  'GET /images/json': ({ machine }) => {
    const found = new Map<string, Reference[]>()
    for (const name of machine.images) {
      const id = imageIdOf(name)
      found.set(id, [...(found.get(id) ?? []), parseReference(name)])
    }
    return json([...found].map(([id, references]) => summary(id, references)))
  },
}

/** The same one for all names of an image: by digest, by tag, without. */
export function imageIdOf(name: string): string {
  return `sha256:${createHash('sha256')
    .update(digestIn(parseReference(name)))
    .digest('hex')}`
}

const digestIn = ({ digest, repository, tag }: Reference): string =>
  digest ?? digestOf(repository, tag)

function summary(Id: string, references: readonly Reference[]): object {
  const chance = Number.parseInt(Id.slice(-8), 16)
  const named = ({ registry, repository }: Reference) =>
    registry === 'docker.io' ? repository : `${registry}/${repository}`
  return {
    Id,
    ParentId: '',
    RepoTags: references
      .filter(({ digest }) => digest === null)
      .map((reference) => `${named(reference)}:${reference.tag}`),
    RepoDigests: [
      ...new Set(
        references.map((reference) => `${named(reference)}@${digestIn(reference)}`),
      ),
    ],
    Created: Math.floor((BUILT - (chance % 300) * DAY) / 1000),
    Size: 5_000_000 + (chance % 200_000_000),
    SharedSize: -1,
    Containers: -1,
    Labels: null,
  }
}
