import type { StoredKind } from '@skep/shared/contract/stored'
import type { ClusterState } from '../domain/state.ts'
import { Refusal } from './refusal.ts'

const nextFor = ({ swarm }: ClusterState): string =>
  swarm.state === 'live'
    ? 'It may have been removed: see /api/cluster for those that are there.'
    : 'What is known of the swarm is old: see its state at the top of the page.'

/** There is no service of this name, as far as is known. */
export const noSuchService = (state: ClusterState, name: string): Refusal =>
  new Refusal({
    status: 404,
    code: 'no-such-service',
    title: `There is no service ${name} in this swarm.`,
    next: nextFor(state),
  })

/** There is no node of this name, as far as is known. */
export const noSuchNode = (state: ClusterState, name: string): Refusal =>
  new Refusal({
    status: 404,
    code: 'no-such-node',
    title: `There is no node ${name} in this swarm.`,
    next: nextFor(state),
  })

/** There is no secret, or no config, of this name, as far as is known. */
export const noSuchStored = (
  state: ClusterState,
  kind: StoredKind,
  name: string,
): Refusal =>
  new Refusal({
    status: 404,
    code: `no-such-${kind}`,
    title: `There is no ${kind} ${name} in this swarm.`,
    next: nextFor(state),
  })
