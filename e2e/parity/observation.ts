import type { Particulars } from './normalise.ts'
import { normalised } from './normalise.ts'
import { fieldsOf } from './shape.ts'
import { type Answer, jsonOf } from './wire.ts'

/**
 * What a swarm said or did, in lines that can be held against those of another one. Their
 * order says nothing: what has an order is told in one line.
 */
export type Observation = readonly string[]

/** By the name of the call or of the story. */
export type Observations = ReadonlyMap<string, Observation>

/** Told with their value: what was asked for, what it came to, and all words for people. */
const LITERAL =
  /(?:^|[.\]])(?:message|warnings|Error|DesiredState|Slot|Availability|Role|Leader|Reachability|Type|Action|scope|Scope|Driver|Ingress|Attachable|Internal|LocalNodeState|ControlAvailable|Managers|Nodes)$|(?:^|\])\.?(?:Spec|PreviousSpec|UpdateStatus|ServiceStatus|JobStatus|JobIteration|Endpoint\.Spec|Endpoint\.Ports|Warnings|Actor\.Attributes|Labels)\b|Status\.(?:State|Message|Err)$|ContainerStatus\.ExitCode$/

/** Null until another manager leads than the one that made the swarm. */
const UNTOLD = /DefaultAddrPool/

const HEADERS = ['content-type', 'swarm', 'ostype', 'docker-experimental', 'api-version']

/** All of an answer: status, headers, words, and every field. */
export function observed(
  answer: Answer,
  particulars: Particulars,
  { literal = LITERAL }: { literal?: RegExp } = {},
): Observation {
  const json = jsonOf(answer)
  const text = answer.body.toString()
  const headers = HEADERS.flatMap((name) => {
    const value = answer.headers[name]
    return value === undefined ? [] : [`${name}: ${normalised(`${value}`, particulars)}`]
  })
  const said =
    json === null
      ? text.split('\n').map((line) => `text ${normalised(line, particulars)}`)
      : [...fieldsOf(json, { particulars, literal }), ...wishesOf(json)]
  const told = said.filter((line) => !UNTOLD.test(line))
  return [`status ${answer.status}`, ...headers, ...(text === '' ? ['no body'] : told)]
}

/**
 * Of a list of tasks, what any of them is wanted to be beside what it is. As stable as the two
 * fields by themselves, which are told with their values as well.
 */
function wishesOf(json: unknown): string[] {
  if (!Array.isArray(json)) return []
  const wishes = json.flatMap((element) =>
    element?.DesiredState === undefined
      ? []
      : [`[] wanted ${element.DesiredState}, is ${element.Status?.State}`],
  )
  return [...new Set(wishes)]
}
