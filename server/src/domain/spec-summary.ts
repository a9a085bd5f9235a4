import type { SpecSummary } from '@skep/shared/contract/spec-summary'
import { maskedCommand, maskedLabels, maskedText } from './masking.ts'
import { networkNames, shortId } from './names.ts'
import type { ClusterState, Service } from './state.ts'

/**
 * What was asked of the swarm, for reading. Environment values are not in the state at all;
 * what looks like a credential elsewhere is masked.
 * @param asOf instant at which the spec was read
 */
export function specSummary(
  state: ClusterState,
  service: Service,
  asOf: string,
): SpecSummary {
  const { spec } = service
  const names = networkNames(state.networks)
  const command = maskedCommand(spec.command)
  const healthCheck = spec.healthCheck === null ? null : maskedText(spec.healthCheck)
  return {
    service: service.name,
    asOf,
    image: service.image,
    command: command.words,
    commandHidden: command.hidden,
    environment: [...spec.environment],
    user: spec.user,
    workingDirectory: spec.workingDirectory,
    hostname: spec.hostname,
    readOnlyRoot: spec.readOnlyRoot,
    healthCheck,
    stopGraceNs: spec.stopGraceNs,
    mounts: spec.mounts.map(({ type, source, target, readOnly, driver }) => ({
      type,
      source,
      target,
      readOnly,
      driver,
    })),
    secrets: spec.secrets.map(({ name, target }) => ({ name, target })),
    configs: spec.configs.map(({ name, target }) => ({ name, target })),
    networks: service.networkIds.map((id) => names.get(id) ?? shortId(id)).toSorted(),
    constraints: [...spec.constraints],
    preferences: [...spec.preferences],
    maxReplicasPerNode: spec.maxReplicasPerNode,
    reservations: { ...spec.reservations },
    limits: { ...spec.limits },
    restart: { ...spec.restart },
    update: { ...spec.update },
    rollback: { ...spec.rollback },
    labels: maskedLabels(spec.labels),
    rollbackTarget: service.previous && { image: service.previous.image },
  }
}
