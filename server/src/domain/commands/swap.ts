import type { SwapArguments } from '@skep/shared/contract/commands'
import type { Check } from '@skep/shared/contract/preview'
import type { StoredKind } from '@skep/shared/contract/stored'
import { targetOf } from '../stored/consumers.ts'
import { octal } from '../stored/mount-finding.ts'
import { ofKind } from '../stored/of-kind.ts'
import { block, info, itself, warn } from './check.ts'
import { consequence } from './consequence.ts'
import { afterUpdate, consequenceSentence, paceText } from './phrases.ts'
import { type Plan, refused, update } from './plan.ts'
import { shellLine } from './shell.ts'
import type { Situation } from './situation.ts'
import {
  type FileDocument,
  isJobDocument,
  paceOf,
  type SpecDocument,
  withTemplate,
} from './spec-document.ts'
import { placementChecks, updateChecks } from './update-checks.ts'

/** Where the spec refers to the object that goes; no file where it is a credential spec. */
type Place = { readonly name: string; readonly file: FileDocument | null }

/**
 * Another secret or config in place of one, wherever the spec refers to that: at the same
 * targets, with the same owner and mode, so that the program in it needs no change. It is
 * one update, after which the swarm would roll back to the old object: that must stay.
 * @see moby/swarmkit manager/controlapi/service.go, checkSecretExistence: id and name go
 * together; docker/cli cli/command/service/update.go, getUpdatedSecrets
 */
export function swapPlan(on: Situation, asked: SwapArguments): Plan {
  const { name, document } = on
  const { stored, toName } = asked
  const places = placesOf(document, asked)
  const old = places[0]?.name ?? nameOf(on, stored, asked.from)
  const said = {
    title: `Swap ${stored} ${old} for ${toName} in ${name}`,
    command: commandLine(name, asked, places),
  }
  if (places.length === 0) {
    const sentence = `${name} does not refer to ${stored} ${old}: there is nothing to swap.`
    const checks = [block('nothing-refers', sentence, itself(on))]
    return refused({ ...said, sentence, checks })
  }
  const after = swapped(document, asked)
  const what = consequence(on, after)
  const targets = places.map((place) => pathOf(stored, place)).join(', ')
  const pace = on.kind.endsWith('job') ? '' : `, ${paceText(paceOf(after.UpdateConfig))}`
  return update(after, {
    ...said,
    sentence: `${name} finds ${toName} at ${targets}, where ${old} was${pace}. ${consequenceSentence(what)}`,
    consequence: what,
    checks: [
      ...existence(on, asked),
      ...updateChecks(on, after, what),
      ...placementChecks(on, after, what, 'not-placeable'),
      ...proof(on, after),
      ...stackFile(on, stored, old),
    ],
    afterwards: `${afterUpdate(on)} That needs ${stored} ${old}, which must stay until then.`,
  })
}

function placesOf(document: SpecDocument, { stored, from }: SwapArguments): Place[] {
  const { Secrets, Configs } = document.TaskTemplate.ContainerSpec ?? {}
  return stored === 'secret'
    ? (Secrets ?? []).flatMap(({ SecretID, SecretName: name, File: file = null }) =>
        SecretID === from ? [{ name, file }] : [],
      )
    : (Configs ?? []).flatMap(({ ConfigID, ConfigName: name, File: file = null }) =>
        ConfigID === from ? [{ name, file }] : [],
      )
}

function swapped(
  document: SpecDocument,
  { stored, from, to, toName }: SwapArguments,
): SpecDocument {
  return withTemplate(document, (template) => {
    const { ContainerSpec: container = {} } = template
    if (stored === 'secret') {
      const Secrets = (container.Secrets ?? []).map((one) =>
        one.SecretID === from ? { ...one, SecretID: to, SecretName: toName } : one,
      )
      return { ...template, ContainerSpec: { ...container, Secrets } }
    }
    const Configs = (container.Configs ?? []).map((one) =>
      one.ConfigID === from ? { ...one, ConfigID: to, ConfigName: toName } : one,
    )
    const { Privileges } = container
    const credential = Privileges?.CredentialSpec
    const isCredential = credential?.Config === from
    return {
      ...template,
      ContainerSpec: {
        ...container,
        Configs,
        ...(isCredential && {
          Privileges: { ...Privileges, CredentialSpec: { ...credential, Config: to } },
        }),
      },
    }
  })
}

const nameOf = ({ state }: Situation, stored: StoredKind, id: string): string =>
  ofKind(stored, state).get(id)?.name ?? id

const pathOf = (stored: StoredKind, { name, file }: Place): string =>
  file === null ? 'its credential spec' : targetOf(stored, file.Name || name)

function commandLine(
  service: string,
  { stored, toName }: SwapArguments,
  places: readonly Place[],
): string {
  const added = places.flatMap(({ name, file }) => {
    if (file === null) return ['--credential-spec', `config://${toName}`]
    const { Name, UID = '0', GID = '0', Mode = 0o444 } = file
    const parts = [
      `source=${toName}`,
      `target=${Name || name}`,
      `uid=${UID}`,
      `gid=${GID}`,
      `mode=${octal(Mode)}`,
    ]
    return [`--${stored}-add`, parts.join(',')]
  })
  const removed = [...new Set(places.flatMap(({ name, file }) => (file ? name : [])))]
  return shellLine(
    'docker',
    'service',
    'update',
    ...removed.flatMap((name) => [`--${stored}-rm`, name]),
    ...added,
    service,
  )
}

function existence(on: Situation, { stored, to, toName }: SwapArguments): Check[] {
  const existing = ofKind(stored, on)
  const subjects = [{ kind: stored, name: toName }]
  if (existing === null) {
    const sentence = `The ${stored}s of the swarm could not be read: whether ${toName} exists cannot be told.`
    return [warn(`${stored}s-unreadable`, sentence)]
  }
  if (!existing.has(to)) {
    const sentence = `There is no ${stored} ${toName} in this swarm.`
    return [block('successor-missing', sentence, subjects)]
  }
  const known = nameOf(on, stored, to)
  if (known === to || known === toName) return []
  const sentence = `The ${stored} of this id is called ${known}, not ${toName}: the swarm takes neither for the other.`
  return [block('successor-named-otherwise', sentence, subjects)]
}

/** What shows that the program can work with what it now reads. */
function proof(on: Situation, after: SpecDocument): Check[] {
  if (isJobDocument(after) || on.service.hasHealthCheck) return []
  const sentence = `Its spec has no health check: unless its image brings one, only that it goes on running can be observed, not that it works with the new value.`
  return [warn('no-health-check', sentence, itself(on))]
}

function stackFile(on: Situation, stored: StoredKind, old: string): Check[] {
  const { stack } = on.service
  if (stack === null) return []
  const sentence = `It is of the stack ${stack}: as long as its file names ${old}, the next deploy brings that ${stored} back.`
  return [info('stack-file-lags', sentence, itself(on))]
}
