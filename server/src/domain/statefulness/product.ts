import type { Service } from '../state.ts'
import { askedClass } from './asked-class.ts'
import { dataFolder } from './data-folder.ts'
import { clusterSign, type KeptState, knownImage, stateKept } from './images.ts'

/** What a service's image is known to be, run as the service runs it. */
export type Product = {
  readonly name: string
  readonly kind: string
  /** Whether its repository is one that is known; or else its name only looks like it. */
  readonly isCertain: boolean
  /** Whether one word of its name is all that tells: it may be something else altogether. */
  readonly isByWord: boolean
  /** What the sentences call it that its name alone tells. */
  readonly likeness: string
  readonly keeps: KeptState
  /** What in the command or among the variables shows that; empty: that there is none. */
  readonly sign: string | null
  /** What shows that its members replicate the data among themselves. */
  readonly clusteredBy: string | null
  /** Whether it keeps data when asked to, where it does not by itself. */
  readonly canPersist: boolean
  /** Tidy paths where it keeps its data; empty: not known. */
  readonly homes: readonly string[]
  /** What names them in the command or among the variables; null: they are its own. */
  readonly toldBy: string | null
  /**
   * What names them where that cannot be seen, empty where nothing does that should; null: it
   * can be seen, or is left to the product.
   */
  readonly hiddenBy: string | null
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

function lookedUp(service: Service): Product | null {
  const { image: reference, spec } = service
  const known = knownImage(reference)
  if (!known) return null
  // Where a word of its name is all that tells, the operator knows better.
  const asked = askedClass(service)
  if (known.byWord && (asked === 'stateless' || asked === 'external')) return null
  const { image, certain, byWord } = known
  const { state, sign } = stateKept(image, spec)
  const declares = image.declaresVolumes
  const told = dataFolder(image, spec)
  const own = image.dataPaths.length > 0 ? image.dataPaths : declares
  return {
    name: image.name,
    kind: image.kind,
    isCertain: certain,
    likeness: byWord
      ? `By a word of its name it may be ${image.name}`
      : `By its name it is ${image.name}`,
    isByWord: byWord,
    keeps: state,
    sign,
    clusteredBy: clusterSign(image, spec),
    canPersist: image.durable.length > 0,
    homes: told === null ? own : told.path === null ? [] : [told.path],
    toldBy: told !== null && told.path !== null ? told.sign : null,
    hiddenBy: told !== null && told.path === null ? told.sign : null,
    declares,
  }
}
