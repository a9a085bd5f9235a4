import type { ScaleArguments } from '@skep/shared/contract/commands'
import type { Check } from '@skep/shared/contract/preview'
import { counted } from '../words.ts'
import { block, itself, warn } from './check.ts'
import { type Consequence, consequence } from './consequence.ts'
import { afterUpdate, consequenceSentence } from './phrases.ts'
import { type Plan, refused, update } from './plan.ts'
import { room } from './room.ts'
import { shellLine } from './shell.ts'
import type { Situation } from './situation.ts'
import { replicasOf, type SpecDocument } from './spec-document.ts'
import { updateChecks, volumeDoubts } from './update-checks.ts'

/** Another number of replicas; of completions, for a job. */
export function scalePlan(on: Situation, { replicas }: ScaleArguments): Plan {
  const { name, document, kind } = on
  const said = {
    title: `Scale ${name} to ${replicas}`,
    command: shellLine('docker', 'service', 'scale', `${name}=${replicas}`),
  }
  const after = scaled(document, replicas)
  if (after === null) {
    const what = kind === 'global' ? 'service' : 'job'
    const sentence = `${name} is a global ${what}: it runs one task on each node that it may run on.`
    return refused({
      ...said,
      sentence,
      checks: [block(`${kind}-not-scalable`, sentence, itself(on))],
    })
  }
  const what = consequence(on, after)
  const before = replicasOf(document) ?? document.Mode.ReplicatedJob?.TotalCompletions ?? 1
  const unit = kind === 'replicated' ? 'replica' : 'completion'
  return update(after, {
    ...said,
    sentence: `From ${before} to ${counted(replicas, unit)}. ${consequenceSentence(what)}`,
    consequence: what,
    checks: [...updateChecks(on, after, what), ...roomChecks(on, after, what)],
    afterwards: afterUpdate(on),
  })
}

/** @see docker/cli cli/command/service/scale.go, for jobs too */
function scaled(document: SpecDocument, count: number): SpecDocument | null {
  const { Mode } = document
  if (Mode.Global || Mode.GlobalJob) return null
  if (Mode.ReplicatedJob) {
    const ReplicatedJob = { ...Mode.ReplicatedJob, TotalCompletions: count }
    return { ...document, Mode: { ...Mode, ReplicatedJob } }
  }
  return {
    ...document,
    Mode: { ...Mode, Replicated: { ...Mode.Replicated, Replicas: count } },
  }
}

function roomChecks(on: Situation, after: SpecDocument, { starts }: Consequence): Check[] {
  if (starts === 0 || on.kind !== 'replicated' || on.state.nodes.size === 0) return []
  const found = room(on, after, 'stay')
  const { tasks, refusals } = found
  if (tasks >= starts) return volumeDoubts(on, found)
  const sentence = `There is room for ${tasks} of ${counted(starts, 'more task')} now${refusals ? ` (${refusals})` : ''}: the rest wait.`
  return [warn('no-room', sentence, itself(on)), ...volumeDoubts(on, found)]
}
