import type { StateClass } from '@skep/shared/contract/stateful'
import type { Stay } from '../residency.ts'
import type { Service } from '../state.ts'
import { isPerNode } from '../task-life.ts'
import { counted } from '../words.ts'
import { askedClass, stateLabel } from './asked-class.ts'
import { oldVolume } from './old-volume.ts'
import type { Place } from './places.ts'
import { type Product, productOf } from './product.ts'
import { placesOf } from './storage.ts'
import { hiddenWords, unclearWords } from './unasked-places.ts'

type Classified = { readonly class: StateClass; readonly classWhy: string }

/**
 * The class of a service: the operator's word, or else what its spec and image tell.
 * @param stays of this service, on members: a volume was there that its spec calls a share now
 */
export function stateClass(
  service: Service,
  stays: readonly Stay[] = [],
): Classified & { readonly overruled: boolean } {
  const asked = askedClass(service)
  if (asked !== null && asked !== 'nonsense') {
    return { class: asked, classWhy: `By the label ${stateLabel}.`, overruled: true }
  }
  const judged = withOldVolumes(judgement(service), service, stays)
  return {
    class: judged.class,
    classWhy:
      asked === null
        ? judged.classWhy
        : `${judged.classWhy} The label ${stateLabel} names no class and is ignored.`,
    overruled: false,
  }
}

/** What its spec puts on a network may be in an old volume of a node instead. */
function withOldVolumes(
  judged: Classified,
  service: Service,
  stays: readonly Stay[],
): Classified {
  if (judged.class !== 'external') return judged
  const old = placesOf(service).flatMap((one) =>
    one.counts ? (oldVolume(one, stays) ?? []) : [],
  )[0]
  if (old === undefined) return judged
  const why = `${judged.classWhy} But ${old.volume} was a volume of ${old.node} alone before: whether it is the share there now cannot be told.`
  return is('unknown', why)
}

const is = (found: StateClass, classWhy: string): Classified => ({ class: found, classWhy })

function judgement(service: Service): Classified {
  const product = productOf(service)
  const places = placesOf(service).filter(({ counts }) => counts)
  if (places.length === 0) return withoutPlaces(product)
  const lasting = places.filter(({ kind }) => kind !== 'tmpfs')
  if (lasting.length === 0) {
    return is('soft', 'What it keeps is in memory and goes with every task.')
  }
  const mounted = lasting.filter(({ fate, kind }) => fate !== 'empty' && isAsked(kind))
  const cluster = clustered(service, product, mounted)
  if (cluster) return cluster
  if (lasting.every(({ isCache }) => isCache)) return is('soft', cacheWords(product))
  if (mounted.length > 0 && mounted.every(isElsewhere)) {
    if (lasting.every(isElsewhere) || mounted.some(({ isHome }) => isHome)) {
      return is('external', sharedWords(mounted))
    }
    if (product) {
      const own = lasting.filter((place) => !mounted.includes(place))
      const why = `${keptThere(product, own)} What is in ${targetsOf(mounted)} is not on the node.`
      return is('unknown', why)
    }
  }
  if (product?.keeps === 'external') {
    return is(
      'unknown',
      `${product.name} keeps its data elsewhere, by ${product.sign || 'its settings'}; what it writes to ${targetsOf(mounted)} besides cannot be told.`,
    )
  }
  if (mounted.length === 0 && product?.keeps === 'unclear') {
    return is('unknown', unclearWords(product))
  }
  const told = mounted.length > 0 ? mounted : lasting
  return isMany(service) ? several(service, product, told) : single(product, told, places)
}

function withoutPlaces(product: Product | null): Classified {
  if (!product) {
    const why =
      'It mounts nothing to keep data in, and its image is not known: what it writes goes with every task.'
    return is('stateless', why)
  }
  const { name, keeps, sign } = product
  switch (keeps) {
    case 'stateless':
      return is('stateless', `${name} keeps nothing, and nothing is mounted for data.`)
    case 'soft':
      return is('soft', `${name} can do without what it keeps${by(sign)}.`)
    case 'external':
      return is('external', `${name} keeps its data elsewhere${by(sign)}.`)
    case 'unclear':
      return is('unknown', unclearWords(product))
    case 'durable':
      return is(
        'unknown',
        `${name} keeps data, but nothing that it can write to was found.`,
      )
  }
}

const by = (sign: string | null): string => (sign ? `, by ${sign}` : '')

const cacheWords = (product: Product | null): string =>
  product?.keeps === 'soft'
    ? `${product.name} can do without what it keeps${by(product.sign)}.`
    : 'By their paths, all that it writes to are caches.'

/** Whether the spec names it: not what an image or the engine makes by itself. */
const isAsked = (kind: Place['kind']): boolean =>
  kind !== 'anonymous' && kind !== 'container-layer'

/** Whether it is not on the node, but on a network or behind a driver. */
const isElsewhere = ({ fate, kind }: Place): boolean =>
  fate === 'shared' || (fate === 'unknown' && (kind === 'csi' || kind === 'plugin'))

function sharedWords(places: readonly Place[]): string {
  const names = [...new Set(places.map(({ driver, kind }) => driver ?? kind))]
  const on = names.map((name) =>
    name === 'csi'
      ? 'a cluster volume'
      : name === 'remote-volume' || name === 'local'
        ? 'a network file system'
        : `driver ${name}`,
  )
  return `What it keeps is on ${[...new Set(on)].join(' and ')}.`
}

const targetsOf = (places: readonly Place[]): string =>
  [
    ...new Set(
      places.map(({ kind, target }) =>
        kind === 'container-layer' ? 'its container' : target,
      ),
    ),
  ].join(', ')

/** A product whose members replicate the data; null for any other. */
function clustered(
  service: Service,
  product: Product | null,
  mounted: readonly Place[],
): Classified | null {
  if (!product?.clusteredBy) return null
  const { name, clusteredBy, keeps } = product
  if (keeps === 'stateless' || keeps === 'external') return null
  if (keeps === 'soft' && !mounted.some(({ isHome, isCache }) => isHome && !isCache))
    return null
  const tight =
    isSeveralPerNode(service) &&
    mounted.some(({ fate, perTask }) => fate === 'local' && !perTask)
  const but = tight
    ? ' Nothing keeps two members off one node, where they would share a volume.'
    : ''
  const as = product.isCertain ? name : `what looks like ${name}`
  return is(
    'durable-clustered',
    `${clusteredBy} makes it a member of a cluster: ${as} replicates its data itself.${but}`,
  )
}

const isSeveralPerNode = ({ mode, spec }: Service): boolean =>
  mode.kind === 'replicated' && mode.replicas > 1 && spec.maxReplicasPerNode !== 1

/** Whether more than one task is to run at a time. */
function isMany({ mode }: Service): boolean {
  switch (mode.kind) {
    case 'replicated':
      return mode.replicas > 1
    case 'replicated-job':
      return mode.maxConcurrent > 1
    case 'global':
    case 'global-job':
      return true
  }
}

/** Kinds of software that are meant to run once per node, each for that node alone. */
const agents: ReadonlySet<string> = new Set([
  'logging',
  'monitoring',
  'network',
  'storage',
  'tool',
])

function several(
  service: Service,
  product: Product | null,
  places: readonly Place[],
): Classified {
  const isGlobal = isPerNode(service.mode)
  const isDatabase = product?.keeps === 'durable' || isAskedToKeep(product, places)
  const apart = places.filter(({ fate, perTask }) => fate !== 'shared' && !perTask)
  if (apart.length === 0) {
    const why = `Each task has its own part of ${targetsOf(places)}: whether they hold the same data cannot be told.`
    return is('unknown', why)
  }
  if (isGlobal && (product ? agents.has(product.kind) : !isSure(apart))) {
    const why = `One task per node, each with its own ${targetsOf(apart)}: whether that is data cannot be told.`
    return is('unknown', why)
  }
  const tasks =
    service.mode.kind === 'replicated'
      ? counted(service.mode.replicas, 'replica')
      : isGlobal
        ? 'one task per node'
        : 'several tasks at a time'
  const local = apart.filter(({ fate }) => fate === 'local')
  const named = local.map(({ source, target }) => source ?? target)
  if (local.length > 0) {
    const why = `${capital(tasks)} use ${named.join(', ')}, which is another volume on each node: there is more than one truth.`
    return is('replicas-on-local', isGlobal ? why.replace(' use ', ' uses ') : why)
  }
  if (isDatabase) {
    const why = `${capital(tasks)} of ${product?.name ?? 'it'} keep data in ${targetsOf(apart)}, each its own: nothing shows that they replicate it.`
    return is('replicas-on-local', why)
  }
  return is('unknown', cannotTell(product, apart))
}

const capital = (text: string): string =>
  `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`

const isSure = (places: readonly Place[]): boolean =>
  places.some(({ holdsData }) => holdsData === true)

/** Whether a product that need not keep anything was given a place where it lasts. */
const isAskedToKeep = (product: Product | null, places: readonly Place[]): boolean =>
  ((product?.keeps === 'soft' && product.canPersist) || product?.keeps === 'unclear') &&
  places.some(({ isHome, isCache, fate }) => isHome && !isCache && fate !== 'empty')

/** @param all these, those in memory, and what nobody asked for */
function single(
  product: Product | null,
  places: readonly Place[],
  all: readonly Place[],
): Classified {
  const lost = places.every(({ fate, kind }) => fate === 'empty' || !isAsked(kind))
  const sure = places.filter(({ holdsData }) => holdsData === true)
  if (product && (product.keeps === 'durable' || isAskedToKeep(product, places))) {
    const { name, isCertain, isByWord, likeness, sign } = product
    const homes = places.filter(({ isHome }) => isHome)
    const others = all.filter((place) => place.isHome && !places.includes(place))
    if (homes.length === 0 && others.length > 0) {
      const why = `${keptThere(product, others)} Besides, it is given ${targetsOf(places)}.`
      return is(isByWord && sure.length === 0 ? 'unknown' : 'durable-single', why)
    }
    if (isCertain || !lost) {
      const how = isCertain ? `${name} keeps data` : likeness
      const where = lost
        ? 'in its container: lost whenever its task is replaced'
        : `in ${targetsOf([homes, sure, places].find(({ length }) => length > 0) ?? [])}`
      return is(
        'durable-single',
        `${how}${sign ? `, by ${sign},` : isCertain ? '' : ','} ${where}.`,
      )
    }
    const why = `${likeness}, which keeps data, but nothing is mounted for it.`
    return is('unknown', why)
  }
  const home = places.some(({ isHome }) => isHome)
  if (!lost && sure.length > 0 && (product?.keeps !== 'soft' || !home)) {
    const who = product ? `${product.name} need not keep data, but is` : 'It is'
    return is('durable-single', `${who} given ${targetsOf(sure)} to keep it in.`)
  }
  return is('unknown', cannotTell(product, places))
}

/** Where a product keeps its data, if that is none of its mounts. */
function keptThere(product: Product, places: readonly Place[]): string {
  const { name, isCertain, likeness, keeps, hiddenBy, toldBy } = product
  if (keeps === 'unclear') return unclearWords(product)
  if (hiddenBy !== null) return hiddenWords(product)
  const how = isCertain ? `${name} keeps data` : `${likeness}, which keeps data`
  const isInMemory = places.every(({ kind }) => kind === 'tmpfs')
  if (isInMemory) return `${how} in memory, in ${targetsOf(places)}: it goes with its task.`
  return toldBy === null
    ? `${how} in ${targetsOf(places)} unless it is told otherwise.`
    : `${how} in ${targetsOf(places)}, by ${toldBy}: lost whenever its task is replaced.`
}

const cannotTell = (product: Product | null, places: readonly Place[]): string =>
  product
    ? `${product.name} need not keep data, but can write to ${targetsOf(places)}.`
    : `It can write to ${targetsOf(places)}; its image is not known.`
