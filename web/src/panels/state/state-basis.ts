import type { Service } from '@skep/shared/contract/service'

/**
 * What of a service decides how its data is judged, as a text that compares by value: its
 * spec, and where its tasks are. That one of them restarted where it was is not part of it.
 */
export const stateBasisOf = ({ name, updatedAt, state, slots }: Service): string =>
  JSON.stringify([name, updatedAt, state, ...new Set(slots.map(placesOf))])

const placesOf = ({ tasks }: Service['slots'][number]): string =>
  tasks.map(({ node, nodeLost }) => `${node}${nodeLost ? ' lost' : ''}`).join(' ')
