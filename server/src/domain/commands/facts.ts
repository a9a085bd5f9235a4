import type { Stay } from '../residency.ts'
import type { Service } from '../state.ts'
import type { SpecDocument } from './spec-document.ts'
import type { Standing } from './standing.ts'

/** All that a command is judged on: read afresh for a commit, as fresh as is for a look. */
export type Facts = Standing & {
  readonly service: Service
  /** The service as it would be with another spec. */
  readonly asService: (document: SpecDocument) => Service
  /** What the engine was asked for last, whole. */
  readonly document: SpecDocument
  /** What it would roll back to; null when it remembers none. */
  readonly previous: SpecDocument | null
  /** Raft index of the service. */
  readonly specVersion: number
  /** Ids of the secrets that exist; null when they could not be read. */
  readonly secrets: ReadonlySet<string> | null
  readonly configs: ReadonlySet<string> | null
  /** For `image`: what the registry said of the reference; null when it was not asked. */
  readonly digest: {
    readonly reference: string
    readonly digest: string | null
    readonly platforms?: readonly { readonly os: string; readonly architecture: string }[]
    /** The engine's words, when there is no digest. */
    readonly problem: string | null
  } | null
  /** For `restore`: the version asked for; null when it is not known, or not whole. */
  readonly restored: {
    readonly document: SpecDocument
    readonly version: number
    readonly seenAt: string
  } | null
  /** Where the service's node-local volumes were, newest first. */
  readonly stays: readonly Stay[]
  readonly history: {
    readonly currentSince: string | null
    readonly previousSince: string | null
  }
}
