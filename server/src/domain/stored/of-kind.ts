import type { StoredKind } from '@skep/shared/contract/stored'
import type { ClusterState, Reference, StoredFacts } from '../state.ts'

/** What a cluster, a service's spec, or a document has of secrets, or of configs. */
export const ofKind = <T>(
  kind: StoredKind,
  { secrets, configs }: { readonly secrets: T; readonly configs: T },
): T => (kind === 'secret' ? secrets : configs)

/** All secrets, or all configs, in no order. */
export const allStored = (kind: StoredKind, state: Stored): StoredFacts[] => [
  ...ofKind(kind, state).values(),
]

/** The one of this name; names are unique among secrets, and among configs. */
export const storedNamed = (
  kind: StoredKind,
  name: string,
  state: Stored,
): StoredFacts | null => allStored(kind, state).find((one) => one.name === name) ?? null

/** Whether any of these references is to this object. */
export const refersTo = (
  references: readonly Pick<Reference, 'id'>[] | undefined,
  id: string,
): boolean => references?.some((one) => one.id === id) ?? false

type Stored = Pick<ClusterState, 'secrets' | 'configs'>
