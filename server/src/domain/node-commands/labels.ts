import type { LabelsArguments } from '@skep/shared/contract/node-commands'
import type { Check } from '@skep/shared/contract/preview'
import { block, info } from '../commands/check.ts'
import { shellLine } from '../commands/shell.ts'
import { counted } from '../words.ts'
import { arrivals } from './arrivals.ts'
import type { Situation } from './facts.ts'
import { genericRestart } from './generic-restart.ts'
import { impact } from './impact.ts'
import { evicted } from './leaving.ts'
import { type NodePlan, untouched } from './plan.ts'
import { thisNode } from './risks.ts'
import { anewAmong, anewSentence, counts, outcomeSentence } from './words.ts'

/** Changes the labels of a node, which at once evicts what no longer may run there. */
export function labelsPlan(on: Situation, told: LabelsArguments): NodePlan {
  const { name, node } = on
  const { labels, problems } = edited(node.labels, told)
  const title = `Label ${name}`
  const command = commandFor(name, told)
  const changed = changedKeys(node.labels, labels)
  const bad = problems.map((sentence, i) =>
    block(`label-invalid-${i + 1}`, sentence, thisNode(on)),
  )
  if (bad.length > 0 || changed.length === 0) {
    const sentence = 'No label changes.'
    const checks = bad.length > 0 ? bad : [block('nothing-changes', sentence, thisNode(on))]
    return { ...untouched, title, sentence, command, checks, write: null }
  }
  const after = { ...node, labels }
  const thrown = evicted(on, after)
  const { gains, checks: coming } = arrivals(on, after, thrown)
  const { risks, ...found } = impact(on, after, thrown)
  const { anew, evicted: off } = anewAmong(found.tasks, thrown)
  const evicts =
    off.length > 0
      ? `${counted(off.length, 'task is', 'tasks are')} evicted at once: ${outcomeSentence(off, '')}`
      : 'No task is evicted.'
  const what = `${counted(changed.length, 'label changes', 'labels change')}: ${changed.join(', ')}.`
  return {
    ...untouched,
    ...found,
    title,
    sentence: [what, evicts, anewSentence(anew)].filter(Boolean).join(' '),
    counts: counts({ evicts: off.length, renews: anew.length }),
    gains,
    afterwards: 'A label that comes back brings nothing back: tasks stay where they are.',
    checks: [...risks, ...coming, ...genericRestart(on, after), ...later(on, after)],
    command,
    write: { kind: 'update', change: { labels } },
  }
}

/** On a paused node nobody looks at constraints before it is active again. */
function later(on: Situation, after: Situation['node']): Check[] {
  if (after.availability !== 'pause') return []
  const then = evicted(on, { ...after, availability: 'active' })
  const waiting = then.filter(({ reason }) => reason !== 'outdated').length
  if (waiting === 0) return []
  const sentence = `The node is paused: ${counted(waiting, 'task is', 'tasks are')} evicted when it is activated, not now.`
  return [info('evicts-on-activation', sentence, thisNode(on))]
}

function edited(
  before: Readonly<Record<string, string>>,
  { set, unset }: LabelsArguments,
): { labels: Record<string, string>; problems: string[] } {
  const labels = new Map(Object.entries(before))
  const problems: string[] = []
  for (const key of unset) {
    if (!labels.delete(key)) problems.push(`There is no label ${key} to take away.`)
  }
  const seen = new Set<string>()
  for (const pair of set) {
    const at = pair.indexOf('=')
    const key = (at < 0 ? pair : pair.slice(0, at)).trim()
    if (key === '') problems.push('A label needs a name before the `=`.')
    else if (seen.has(key)) problems.push(`The label ${key} is given twice.`)
    else if (unset.includes(key))
      problems.push(`The label ${key} is both set and taken away.`)
    else labels.set(key, at < 0 ? '' : pair.slice(at + 1))
    seen.add(key)
  }
  return { labels: Object.fromEntries(labels), problems }
}

function changedKeys(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): string[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  const of = (labels: Readonly<Record<string, string>>, key: string) =>
    Object.hasOwn(labels, key) ? labels[key] : undefined
  return keys.filter((key) => of(before, key) !== of(after, key)).sort()
}

const commandFor = (name: string, { set, unset }: LabelsArguments): string =>
  shellLine(
    'docker',
    'node',
    'update',
    ...unset.flatMap((key) => ['--label-rm', key]),
    ...set.flatMap((pair) => ['--label-add', pair]),
    name,
  )
