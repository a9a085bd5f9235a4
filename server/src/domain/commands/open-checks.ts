import type { Operation } from '@skep/shared/contract/operation'
import type { Check, Consent } from '@skep/shared/contract/preview'
import type { StoredKind } from '@skep/shared/contract/stored'
import { block } from './check.ts'

type Subject = { kind: Operation['subject']['kind'] | StoredKind; name: string }

const mustBeTyped: Readonly<Record<Subject['kind'], string>> = {
  service: 'Data may be lost, or the service is down or gone: its name must be typed.',
  secret: 'The value cannot be read back: the name must be typed.',
  config: 'It is gone for good: the name must be typed.',
  node: 'Data may be lost or a service goes down: the name of the node must be typed.',
}

/** Blocks, and warnings that were not ticked. */
export function standingAgainst(
  checks: readonly Check[],
  acknowledged: readonly string[],
): Check[] {
  const ticked = new Set(acknowledged)
  return checks.filter(
    ({ id, level }) => level === 'block' || (level === 'warn' && !ticked.has(id)),
  )
}

/** What still stands against a commit: blocks, warnings not ticked, the name not typed. */
export function openChecks(
  { checks, typed }: { checks: readonly Check[]; typed: string | null },
  { acknowledged, typed: given }: Consent,
  { kind, name }: Subject,
): Check[] {
  const open = standingAgainst(checks, acknowledged)
  if (typed === null || given === typed) return open
  return [...open, block('typed-name-missing', mustBeTyped[kind], [{ kind, name }])]
}
