import { CONTAINER_ROUTES } from './containers.ts'
import { DISTRIBUTION_ROUTES } from './distribution.ts'
import { EVENT_ROUTES } from './events.ts'
import { IMAGE_ROUTES } from './images.ts'
import { LOG_ROUTES } from './logs.ts'
import { NETWORK_ROUTES } from './networks.ts'
import { NODE_ROUTES } from './nodes.ts'
import type { Routes } from './router.ts'
import { SERVICE_ROUTES } from './services.ts'
import { SIMULATION_ROUTES } from './simulation.ts'
import { STORED_ROUTES } from './stored.ts'
import { SWARM_ROUTES } from './swarm.ts'
import { SYSTEM_ROUTES } from './system.ts'
import { TASK_ROUTES } from './tasks.ts'

/** Every call that the simulated engine answers. */
export const ROUTES: readonly Routes[] = [
  SYSTEM_ROUTES,
  SWARM_ROUTES,
  NODE_ROUTES,
  SERVICE_ROUTES,
  TASK_ROUTES,
  STORED_ROUTES,
  NETWORK_ROUTES,
  CONTAINER_ROUTES,
  DISTRIBUTION_ROUTES,
  IMAGE_ROUTES,
  LOG_ROUTES,
  EVENT_ROUTES,
  SIMULATION_ROUTES,
]
