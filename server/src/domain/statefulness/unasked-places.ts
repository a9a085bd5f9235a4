import type { Storage } from '@skep/shared/contract/stateful'
import type { Service } from '../state.ts'
import { stateLabel } from './asked-class.ts'
import { areRelated, tidyPath } from './path-words.ts'
import type { Place } from './places.ts'
import type { Product } from './product.ts'

/**
 * Where a service writes without being told to: the volumes that its image declares, which
 * the engine makes anew for every container, and the layer of the container itself.
 * @param mounted what the spec mounts
 * @see moby/moby daemon/create_unix.go: declared volumes that are no mount's exact target
 */
export function unaskedPlaces(
  service: Service,
  product: Product | null,
  mounted: readonly Place[],
): Place[] {
  const targets = mounted.map(({ target }) => tidyPath(target))
  const declared = (product?.declares ?? []).filter((path) => !targets.includes(path))
  const asked: Asked = { product, targets, persistent: mounted.filter(lasts) }
  const volumes = declared.map((path) =>
    place('anonymous', path, whatIsKept(asked, homesAt(product, path), path)),
  )
  if (service.spec.readOnlyRoot) return volumes
  const homes = (product?.homes ?? []).filter(
    (home) => ![...targets, ...declared].some((path) => areRelated(home, path)),
  )
  const kept =
    (product?.homes.length ?? 0) > 0 && homes.length === 0
      ? nothing('What it keeps is kept in other places.')
      : whatIsKept(asked, homes, null)
  return [...volumes, place('container-layer', '/', kept)]
}

/**
 * Where a service keeps what its operator says that it keeps, if no place is known for it: its
 * image may declare a volume, even where the container is read-only.
 */
export const unnamedPlace = ({ spec: { readOnlyRoot } }: Service): Place =>
  place(readOnlyRoot ? 'anonymous' : 'container-layer', '/', {
    ...nothing(
      `By the label ${stateLabel} it keeps data, but nothing is mounted for it: where it keeps it cannot be told.`,
      null,
    ),
    fate: 'unknown',
    counts: true,
  })

/** Whether a mount may hold data for longer than one task. */
const lasts = ({ counts, fate }: Place): boolean => counts && fate !== 'empty'

const homesAt = (product: Product | null, path: string): readonly string[] =>
  (product?.homes ?? []).filter((home) => areRelated(home, path))

type Asked = {
  readonly product: Product | null
  readonly targets: readonly string[]
  readonly persistent: readonly Place[]
}

type Kept = Pick<Place, 'holdsData' | 'why' | 'fate' | 'counts' | 'isCache' | 'isHome'>

const nothing = (why: string, holdsData: Storage['holdsData'] = false): Kept => ({
  holdsData,
  why,
  fate: 'empty',
  counts: false,
  isCache: false,
  isHome: false,
})

/**
 * What is kept in a place that goes with its task.
 * @param homes folders of the product's data that are there @param path null: the container
 */
function whatIsKept(
  { product, targets, persistent }: Asked,
  homes: readonly string[],
  path: string | null,
): Kept {
  if (!product) {
    return nothing('What it writes in its container goes with every task.', null)
  }
  const { name, keeps, sign, isCertain, likeness, isByWord } = product
  const isNamed = product.homes.length > 0
  if (isNamed && homes.length === 0) {
    return nothing(`${name} keeps its data elsewhere in its container.`)
  }
  const isHomeMounted = persistent.some(({ isHome }) => isHome)
  const isMounted = path !== null && targets.some((target) => areRelated(target, path))
  const kept = (holdsData: Storage['holdsData'], why: string, more?: Partial<Kept>) => ({
    ...nothing(why, holdsData),
    counts: holdsData !== false,
    isHome: true,
    ...more,
  })
  switch (keeps) {
    case 'stateless':
      return nothing(`${name} keeps nothing.`)
    case 'external':
      return nothing(`${name} keeps its data elsewhere, by ${sign || 'its settings'}.`)
    case 'soft':
      return !isNamed || persistent.length > 0
        ? nothing(`${name} can do without what it keeps.`)
        : kept(true, `${name} keeps it there, and can do without.`, { isCache: true })
    case 'unclear':
      return path === null && isHomeMounted
        ? nothing(`${name} is taken to keep its data in its mounts.`)
        : kept(null, unclearWords(product), { fate: 'unknown' })
    case 'durable':
      break
  }
  if (persistent.length > 0) {
    if (product.hiddenBy !== null) {
      return kept(null, hiddenWords(product), { fate: 'unknown' })
    }
    if (product.toldBy !== null && !isMounted) {
      const why = `${name} keeps its data in ${homes.join(', ')}, by ${product.toldBy}: nothing is mounted for it.`
      return kept(true, why)
    }
    if (!isNamed || (path === null && isHomeMounted)) {
      return nothing(`${name} is taken to keep its data in its mounts.`)
    }
    const why = isMounted
      ? `The image has an own volume made there, beside what is mounted: which one ${name} uses cannot be told.`
      : `${name} keeps data there unless it is told otherwise, and something else is mounted.`
    return kept(null, why, { fate: 'unknown' })
  }
  return isCertain
    ? kept(true, `${name} keeps its data there: nothing is mounted for it.`)
    : kept(
        null,
        `${likeness}, and nothing is mounted for its data.`,
        isByWord ? { fate: 'unknown' } : {},
      )
}

export const unclearWords = ({ name, sign, isByWord, likeness }: Product): string =>
  isByWord
    ? `${likeness}: whether it keeps data cannot be told.`
    : `Whether ${name} keeps data depends on settings that cannot be seen${sign ? `, as ${sign} tells` : ''}.`

export const hiddenWords = ({ name, hiddenBy }: Product): string =>
  hiddenBy
    ? `${name} keeps its data where ${hiddenBy} says, which cannot be seen.`
    : `Nothing shows where ${name} keeps its data.`

const place = (kind: Storage['kind'], target: string, kept: Kept): Place => ({
  kind,
  source: null,
  subpath: null,
  target,
  driver: null,
  readOnly: false,
  perTask: false,
  naming: 'task',
  ...kept,
})
