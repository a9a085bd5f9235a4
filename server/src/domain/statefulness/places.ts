import type { Storage } from '@skep/shared/contract/stateful'
import type { Mount, Service } from '../state.ts'
import { isOfNode, isPerTask, type Naming, namingOf } from './naming.ts'
import { hostPathWord, isWithin, targetWord, tidyPath } from './path-words.ts'
import type { Product } from './product.ts'
import { siteOfVolume } from './volume-drivers.ts'

/**
 * What becomes of a place's bytes when its task goes to another node. `empty`: gone with
 * every task, on the same node too. `local`: they stay on the node. `host`: behind a path or
 * device of the node, which may be on a shared disk. `shared`: they are there as well.
 * `unknown`: not to be told.
 */
export type Fate = 'empty' | 'local' | 'host' | 'shared' | 'unknown'

/** A place where a service writes, and what is to be known of it besides. */
export type Place = Storage & {
  readonly fate: Fate
  /** Whether it is to be reckoned with: it holds data, or nobody can say that it does not. */
  readonly counts: boolean
  /** Whether its path says that what it holds can be made again. */
  readonly isCache: boolean
  readonly naming: Naming
  /** Whether it is where the product is known to keep its data. */
  readonly isHome: boolean
}

/** Places of the mounts as they are written, before those that nobody asked for. */
export function mountPlaces(service: Service, product: Product | null): Place[] {
  return service.spec.mounts.map((mount) => {
    const naming = namingOf(mount.source)
    const { kind, fate } = natureOf(mount, naming)
    const target = tidyPath(mount.target)
    const isHome =
      product?.homes.some((home) =>
        kind === 'tmpfs' ? isWithin(home, target) : isMountedAt(home, target),
      ) ?? false
    const { holdsData, why, isCache } = judged(mount, { target, kind, isHome, product })
    return {
      kind,
      source: mount.source,
      subpath: mount.subpath,
      target: mount.target,
      driver: mount.type === 'volume' ? mount.driver : null,
      readOnly: mount.readOnly,
      holdsData,
      why,
      perTask: mount.source !== null && isPerTask(naming, service),
      fate,
      counts: holdsData !== false,
      isCache,
      naming,
      isHome,
    }
  })
}

/** Whether data is kept in a mount: the whole folder, or more of it than a cache. */
const isMountedAt = (home: string, target: string): boolean =>
  isWithin(home, target) ||
  (isWithin(target, home) &&
    (targetWord(target) !== 'cache' || targetWord(home) === 'cache'))

export function natureOf(
  mount: Mount,
  naming: Naming,
): { readonly kind: Storage['kind']; readonly fate: Fate } {
  switch (mount.type) {
    case 'tmpfs':
      return { kind: 'tmpfs', fate: 'empty' }
    case 'bind':
      return { kind: 'bind', fate: 'host' }
    case 'cluster':
      return { kind: 'csi', fate: 'unknown' }
    case 'npipe':
      return { kind: 'bind', fate: 'host' }
    case 'image':
      return { kind: 'container-layer', fate: 'empty' }
    case 'volume':
      return natureOfVolume(mount, naming)
    default:
      return { kind: 'bind', fate: 'unknown' }
  }
}

function natureOfVolume(mount: Mount, naming: Naming): ReturnType<typeof natureOf> {
  const site = siteOfVolume(mount)
  const ofEngine = mount.driver === null || mount.driver === 'local'
  if (site === 'memory') return { kind: 'tmpfs', fate: 'empty' }
  // What `local` mounts does not depend on the volume's name: the device says what it is.
  if (ofEngine && site === 'shared') {
    return { kind: 'remote-volume', fate: shareFate(mount, naming) }
  }
  if (ofEngine && site === 'host') {
    return { kind: isPathMount(mount) ? 'bind' : 'local-volume', fate: 'host' }
  }
  if (mount.source === null) return { kind: 'anonymous', fate: 'empty' }
  if (naming === 'task') {
    return { kind: ofEngine ? 'local-volume' : 'plugin', fate: 'empty' }
  }
  if (ofEngine) return { kind: 'local-volume', fate: 'local' }
  if (site === 'node') return { kind: 'plugin', fate: 'local' }
  const isSame = site === 'shared' && !isOfNode(naming)
  return { kind: 'plugin', fate: isSame ? shareFate(mount, naming) : 'unknown' }
}

/**
 * What becomes of a share whose options may be templates. They are filled in for each task,
 * but a volume that is there already stays what it was made as: by the first task that used
 * its name on that node.
 * @see moby/swarmkit template/expand.go, expandMounts
 * @see moby/moby volume/service/store.go, create: what exists is returned as it is
 */
function shareFate({ device, optionFields }: Mount, naming: Naming): Fate {
  const options = namingOf([device ?? '', ...optionFields].join(' '))
  const isMadeAnew = naming === 'task'
  switch (options) {
    case 'same':
      return 'shared'
    case 'node':
    case 'node-slot':
      return 'local'
    case 'slot':
      return isMadeAnew || naming === 'slot' || naming === 'node-slot'
        ? 'shared'
        : 'unknown'
    case 'task':
      return isMadeAnew ? 'empty' : 'local'
  }
}

const isPathMount = ({ filesystem, options }: Mount): boolean =>
  filesystem === 'none' || options.includes('bind') || options.includes('rbind')

type Judgement = Pick<Place, 'holdsData' | 'why' | 'isCache'>

const no = (why: string): Judgement => ({ holdsData: false, why, isCache: false })

function judged(
  mount: Mount,
  {
    target,
    kind,
    isHome,
    product,
  }: Pick<Place, 'target' | 'kind' | 'isHome'> & { readonly product: Product | null },
): Judgement {
  if (mount.type === 'image') return no('A part of an image: nothing is written there.')
  if (mount.type === 'npipe') return no('A pipe to talk through.')
  if (mount.readOnly) return no('Mounted read-only: it writes nothing there.')
  if (mount.type === 'bind' && mount.source !== null) {
    const word = hostPathWord(tidyPath(mount.source), target)
    switch (word) {
      case 'socket':
        return no('A socket, or the folder of sockets: it talks there and keeps nothing.')
      case 'kernel':
        return no('A view into the kernel of the node.')
      case 'system':
        return no('A part of the node’s own system.')
      case 'engine':
        return no('The engine’s own folder: every node has its own.')
      case 'settings':
        return no('A file of settings.')
      case 'root':
        if (product?.keeps === 'stateless' && product.isCertain) {
          return no('The whole node, which it looks after.')
        }
    }
  }
  const word = targetWord(target)
  if (kind === 'tmpfs') {
    if (isHome && product) return homeIn(product, 'in memory, gone with its task')
    return word === 'scratch' || word === 'cache'
      ? no('In memory, for what is needed for a moment.')
      : maybe('In memory: whatever it is, it goes with its task.')
  }
  if (isHome && product) return homeIn(product, null)
  if (word === 'cache' || word === 'scratch') {
    return {
      holdsData: null,
      why: 'By its path, a cache or for a moment only.',
      isCache: true,
    }
  }
  return word === 'data'
    ? { holdsData: true, why: 'Its path says that data is kept there.', isCache: false }
    : maybe('It can write there, and what it writes cannot be told.')
}

const maybe = (why: string): Judgement => ({ holdsData: null, why, isCache: false })

/** What it means that a product's own folder of data is mounted. */
function homeIn(product: Product, where: string | null): Judgement {
  const { name, keeps, isCertain, likeness, sign } = product
  const suffix = where === null ? '' : `, ${where}`
  if (keeps === 'external') {
    const why = `${name} keeps its data elsewhere, by ${sign || 'its settings'}; what is left here cannot be told.`
    return maybe(why)
  }
  if (!isCertain) {
    return {
      holdsData: true,
      why: `${likeness}, which keeps its data there${suffix}.`,
      isCache: false,
    }
  }
  if (keeps === 'soft' && (sign !== null || !product.canPersist)) {
    return {
      holdsData: true,
      why: `${name} can do without what it keeps there${suffix}.`,
      isCache: true,
    }
  }
  return { holdsData: true, why: `${name} keeps its data there${suffix}.`, isCache: false }
}
