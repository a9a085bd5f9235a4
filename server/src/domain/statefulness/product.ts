import type { Service } from '../state.ts'
import { clusterSign, type KeptState, knownImage, stateKept } from './images.ts'

/** What a service's image is known to be, run as the service runs it. */
export type Product = {
  readonly name: string
  readonly kind: string
  /** Whether its repository is one that is known; or else its name only looks like it. */
  readonly isCertain: boolean
  readonly keeps: KeptState
  /** What in the command or among the variables shows that; empty: that there is none. */
  readonly sign: string | null
  /** What shows that its members replicate the data among themselves. */
  readonly clusteredBy: string | null
  /** Whether it keeps data when asked to, where it does not by itself. */
  readonly canPersist: boolean
  /** Tidy paths where it keeps its data; empty: not known. */
  readonly homes: readonly string[]
  /** Tidy paths where its image has a volume made if nothing is mounted. */
  readonly declares: readonly string[]
}

const products = new WeakMap<Service, { readonly product: Product | null }>()

/** Asked by several judgements of the same service, so looked up once. */
export function productOf(service: Service): Product | null {
  const held = products.get(service) ?? { product: lookedUp(service) }
  products.set(service, held)
  return held.product
}

function lookedUp({ image: reference, spec }: Service): Product | null {
  const known = knownImage(reference)
  if (!known) return null
  const { image, certain } = known
  const { state, sign } = stateKept(image, spec)
  const declares = image.declaresVolumes
  return {
    name: image.name,
    kind: image.kind,
    isCertain: certain,
    keeps: state,
    sign,
    clusteredBy: clusterSign(image, spec),
    canPersist: image.durable.length > 0,
    homes: image.dataPaths.length > 0 ? image.dataPaths : declares,
    declares,
  }
}
