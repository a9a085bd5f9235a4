import type { Service } from '../store/objects.ts'
import type { World } from '../world.ts'

type Status = NonNullable<Service['UpdateStatus']>

/**
 * What an update writes into its service. Nothing, where another update took its status
 * away meanwhile.
 * @see moby/swarmkit manager/orchestrator/update/updater.go
 */
export function startUpdate({ store }: World, serviceId: string): void {
  store.update('service', serviceId, (service) => {
    if (service.UpdateStatus) return service
    const StartedAt = store.stamp()
    const status: Status = { State: 'updating', StartedAt, Message: 'update in progress' }
    return { ...service, UpdateStatus: status }
  })
}

export function pauseUpdate({ store }: World, serviceId: string, Message: string): void {
  changeStatus(store, serviceId, (status) => ({
    ...status,
    State: isRollback(status) ? 'rollback_paused' : 'paused',
    Message,
  }))
}

export function completeUpdate({ store }: World, serviceId: string): void {
  changeStatus(store, serviceId, (status) => ({
    ...status,
    State: isRollback(status) ? 'rollback_completed' : 'completed',
    CompletedAt: store.stamp(),
    Message: isRollback(status) ? 'rollback completed' : 'update completed',
  }))
}

/** Afterwards there is no previous spec; where there was none, nothing happens at all. */
export function rollBackUpdate({ store }: World, serviceId: string, Message: string): void {
  store.update('service', serviceId, (service) => {
    const { PreviousSpec, UpdateStatus, hidden, ...rest } = service
    if (!PreviousSpec || !UpdateStatus) return service
    return {
      ...rest,
      Spec: PreviousSpec,
      UpdateStatus: { ...UpdateStatus, State: 'rollback_started', Message },
      hidden: {
        specVersion: hidden.previousSpecVersion ?? hidden.specVersion,
        previousSpecVersion: null,
      },
    }
  })
}

function changeStatus(
  store: World['store'],
  serviceId: string,
  next: (status: Status) => Status,
): void {
  store.update('service', serviceId, (service) =>
    service.UpdateStatus
      ? { ...service, UpdateStatus: next(service.UpdateStatus) }
      : service,
  )
}

function isRollback({ State }: Status): boolean {
  return State === 'rollback_started'
}
