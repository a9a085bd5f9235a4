import { namesCredential } from '../credential-names.ts'
import { withDefaults } from './defaults.ts'
import { fieldLabel, fieldText } from './field-words.ts'
import {
  canonical,
  type Fields,
  fieldsOf,
  isEmpty,
  isFields,
  isMap,
  listOf,
  textOf,
} from './json.ts'
import { elementOf } from './list-elements.ts'
import { mask, safeLabel, safeText, safeWords } from './safe-text.ts'
import { quoted } from './shell.ts'
import type { SpecDocument } from './spec-document.ts'

/** One thing that a spec says, in words, and what of it may be shown. */
export type SpecField = {
  readonly path: string
  readonly label: string
  /** Masked where need be. */
  readonly text: string
  /** What tells two fields of the same text apart. Masked too. */
  readonly detail: string
  readonly hidden: boolean
  /** For comparing only: unmasked. */
  readonly value: string
}

/** The order of a list whose elements are fields of their own: the swarm minds it. */
export type SpecOrder = { readonly path: string; readonly keys: readonly string[] }

export type SpecFields = {
  readonly fields: ReadonlyMap<string, SpecField>
  readonly orders: ReadonlyMap<string, SpecOrder>
}

/** The name of a network by its id. */
export type NetworkName = (id: string) => string

/** Longer than this no field is shown. */
const mostText = 2000

const containerPath = 'TaskTemplate.ContainerSpec'
const labelPaths: ReadonlySet<string> = new Set(['Labels', `${containerPath}.Labels`])

/**
 * All that a spec says, defaults included, field by field. Every leaf of the document is in
 * one of them: what is not known by name goes by its path.
 */
export function specFields(document: SpecDocument, networkName: NetworkName): SpecFields {
  const fields = new Map<string, SpecField>()
  const orders = new Map<string, SpecOrder>()
  const tree = withDefaults(document)

  function add(field: Omit<SpecField, 'detail'> & { detail?: string }) {
    const { text, detail = text } = field
    fields.set(field.path, { ...field, text: cut(text), detail: cut(detail) })
  }

  function visit(value: unknown, path: string, secretive: boolean) {
    if (isEmpty(value, lastName(path))) return
    if (path === containerPath) return container(fieldsOf(value))
    if (labelPaths.has(path)) return labels(fieldsOf(value), path)
    if (/(^|\.)Env$/.test(path)) return environment(listOf(value), path)
    if (Array.isArray(value)) return list(value, path, secretive)
    if (!isFields(value)) return leaf(value, path, secretive)
    for (const [name, field] of Object.entries(value)) {
      const below = path === '' ? name : `${path}.${name}`
      const kept = secretive || namesCredential(name)
      if (isMap(lastName(path)) && !isFields(field)) leaf(textOf(field), below, kept)
      else visit(field, below, kept)
    }
  }

  function leaf(value: unknown, path: string, secretive: boolean) {
    const text = fieldText(path, value)
    const shown = typeof value === 'string' ? safeText(text, secretive) : text
    const hidden = shown !== text
    add({ path, label: fieldLabel(path), text: shown, hidden, value: exact(value) })
  }

  function list(items: readonly unknown[], path: string, secretive: boolean) {
    if (elementOf(path, items[0], networkName)) return elements(items, path, secretive)
    if (items.some((item) => typeof item === 'object')) {
      for (const [i, item] of items.entries()) {
        unnamed(item, `${path}[${i}]`, secretive)
      }
      return
    }
    const words = items.map(textOf)
    if (path.endsWith('.Test')) return line(words, safeWords(words), path)
    const masked = words.map((word) => safeText(word, secretive))
    const hidden = masked.some((word, i) => word !== words[i])
    const text = masked.join(', ')
    add({ path, label: fieldLabel(path), text, hidden, value: exact(items) })
  }

  /** An item that says nothing still counts: a list with it is another list. */
  function unnamed(item: unknown, path: string, secretive: boolean) {
    if (isEmpty(item)) leaf(exact(item), path, secretive)
    else visit(item, path, secretive)
  }

  /** The entry point and its arguments are one command: a flag says what comes next. */
  function container(raw: Fields) {
    const { Command, Args, ...rest } = raw
    const entry = listOf(Command).map(textOf)
    const args = listOf(Args).map(textOf)
    const masked = safeWords([...entry, ...args])
    line(entry, masked.slice(0, entry.length), `${containerPath}.Command`)
    line(args, masked.slice(entry.length), `${containerPath}.Args`)
    for (const [name, field] of Object.entries(rest)) {
      visit(field, `${containerPath}.${name}`, false)
    }
  }

  function line(words: readonly string[], masked: readonly string[], path: string) {
    if (words.length === 0) return
    const hidden = masked.some((word, i) => word !== words[i])
    const text = masked.map((word) => (word.includes(mask) ? word : quoted(word))).join(' ')
    add({ path, label: fieldLabel(path), text, hidden, value: exact(words) })
  }

  function labels(raw: Fields, path: string) {
    const what = path === 'Labels' ? 'Label' : 'Container label'
    for (const [key, value] of Object.entries(raw)) {
      const own = textOf(value)
      const text = safeLabel(key, own)
      const field = { path: `${path}[${key}]`, label: `${what} ${key}`, text }
      add({ ...field, hidden: text !== own, value: exact(own) })
    }
  }

  function environment(list: readonly unknown[], path: string) {
    const keyOf = unique()
    const keys = list.map((entry) => {
      const name = textOf(entry).split('=', 1)[0] ?? ''
      const key = keyOf(name)
      const field = { path: `${path}[${key}]`, label: `Environment ${key}`, text: mask }
      add({ ...field, hidden: true, value: exact(entry) })
      return key
    })
    orders.set(path, { path, keys })
  }

  function elements(list: readonly unknown[], path: string, secretive: boolean) {
    const keyOf = unique()
    const keys = list.map((item) => {
      const element = elementOf(path, item, networkName)
      const key = keyOf(element?.key ?? '')
      const own = `${path}[${key}]`
      if (!element) {
        unnamed(item, own, secretive)
        return key
      }
      const text = safeText(element.text)
      const detail = safeText(element.detail ?? element.text)
      const hidden = text !== element.text
      const value = exact(element.value)
      add({ path: own, label: element.label, text, detail, hidden, value })
      // What the headline does not say follows under it.
      for (const [name, field] of Object.entries(element.rest)) {
        visit(field, `${own}.${name}`, secretive || namesCredential(name))
      }
      return key
    })
    orders.set(path, { path, keys })
  }

  visit(tree, '', false)
  return { fields, orders }
}

const exact = (value: unknown): string => canonical(value, isEmpty)

const lastName = (path: string): string => path.slice(path.lastIndexOf('.') + 1)

const cut = (text: string): string =>
  text.length > mostText ? `${text.slice(0, mostText)}…` : text

/** Tells apart what goes by the same name in one list. */
function unique(): (name: string) => string {
  const uses = new Map<string, number>()
  return (name) => {
    const use = (uses.get(name) ?? 0) + 1
    uses.set(name, use)
    return use === 1 ? name : `${name} #${use}`
  }
}
