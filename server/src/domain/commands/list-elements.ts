import { shortId } from '../names.ts'
import { type Fields, fieldsOf, isFields, textOf } from './json.ts'

/** An element of a list that people know by a name of its own rather than its position. */
type Element = {
  /** Unique in its list, as a rule. */
  readonly key: string
  readonly label: string
  readonly text: string
  /** What tells two elements of the same key and text apart. */
  readonly detail?: string
  /** All that key, text and detail are made of, unmasked. */
  readonly value: unknown
  readonly rest: Fields
}

/** The element of the list at this path; null where the list goes by position. */
export function elementOf(
  path: string,
  item: unknown,
  networkName: (id: string) => string,
): Element | null {
  switch (path) {
    case 'TaskTemplate.Placement.Constraints':
      return plain('Constraint', textOf(item))
    case 'TaskTemplate.Placement.Preferences':
      return isFields(item) ? preference(item) : null
    case 'TaskTemplate.Networks':
    case 'Networks':
      return isFields(item) ? network(item, networkName) : null
    case 'TaskTemplate.ContainerSpec.Secrets':
      return isFields(item) ? file(item, 'Secret', '/run/secrets/') : null
    case 'TaskTemplate.ContainerSpec.Configs':
      return isFields(item) ? file(item, 'Config', '/') : null
    case 'TaskTemplate.ContainerSpec.Mounts':
      return isFields(item) ? mount(item) : null
    case 'EndpointSpec.Ports':
      return isFields(item) ? port(item) : null
    default:
      return null
  }
}

const plain = (label: string, text: string): Element => ({
  key: text,
  label,
  text,
  value: text,
  rest: {},
})

function preference(item: Fields): Element | null {
  const { Spread, ...rest } = item
  const { SpreadDescriptor, ...more } = fieldsOf(Spread)
  if (typeof SpreadDescriptor !== 'string') return null
  return { ...plain('Spread over', SpreadDescriptor), rest: { ...rest, ...more } }
}

function network(item: Fields, networkName: (id: string) => string): Element {
  const { Target, Aliases, ...rest } = item
  const id = textOf(Target)
  const names = Array.isArray(Aliases) ? Aliases.map(textOf) : []
  return {
    key: id,
    label: `Network ${networkName(id)}`,
    text: names.length > 0 ? `attached as ${names.join(', ')}` : 'attached',
    value: [id, names],
    rest,
  }
}

/** Secrets and configs, known by where they appear in the container. */
function file(item: Fields, what: 'Secret' | 'Config', root: string): Element {
  const { [`${what}ID`]: id, [`${what}Name`]: name, File, ...rest } = item
  const { Name, UID, GID, Mode, ...more } = fieldsOf(File)
  const target = textOf(Name)
  const place = target.startsWith('/') ? target : `${root}${target || textOf(name)}`
  const mode = typeof Mode === 'number' ? Mode.toString(8).padStart(4, '0') : 'unset'
  const owner = `owner ${textOf(UID)}:${textOf(GID)}`
  return {
    key: target || textOf(name),
    label: isFields(File) ? `${what} at ${place}` : `${what} ${textOf(name)}`,
    text: textOf(name),
    detail: `${textOf(name)} (${shortId(textOf(id))}), ${owner}, mode ${mode}`,
    value: [id, name, Name, UID, GID, Mode, isFields(File)],
    rest: { ...rest, ...more },
  }
}

function mount(item: Fields): Element {
  const { Type, Source, Target, ReadOnly, ...rest } = item
  const source = textOf(Source)
  const kind = `${textOf(Type)}${source ? ` ${source}` : ''}`
  return {
    key: textOf(Target),
    label: `Mount at ${textOf(Target)}`,
    text: ReadOnly === true ? `${kind}, read-only` : kind,
    value: [Type, Source, Target, ReadOnly],
    rest,
  }
}

function port(item: Fields): Element {
  const { Name, TargetPort, PublishedPort, Protocol, PublishMode, ...rest } = item
  const published = PublishedPort ? textOf(PublishedPort) : 'a port of the swarm’s choice'
  const inside = `${textOf(TargetPort)}/${textOf(Protocol)}`
  return {
    key: `${inside} ${textOf(PublishMode)}`,
    label: `Port ${inside}`,
    text: `published as ${published} (${textOf(PublishMode)})`,
    detail: `published as ${published} (${textOf(PublishMode)}), name ${textOf(Name)}`,
    value: [Name, TargetPort, PublishedPort, Protocol, PublishMode],
    rest,
  }
}
