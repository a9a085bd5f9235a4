import type { Service } from './state.ts'

type Updated = Pick<Service, 'update'>

/** Whether an update or a rollback of the service has stopped, and waits for a person. */
export const isUpdatePaused = ({ update }: Updated): boolean =>
  update?.state === 'paused' || update?.state === 'rollback_paused'

/** Whether an update or a rollback of the service is under way, whoever asked for it. */
export const isUpdating = ({ update }: Updated): boolean =>
  update?.state === 'updating' || update?.state === 'rollback_started'
