import type { Stack } from './plan.ts'
import { ANALYTICS } from './stacks/analytics.ts'
import { BILLING } from './stacks/billing.ts'
import { EDGE } from './stacks/edge.ts'
import { MONITORING } from './stacks/monitoring.ts'
import { NIGHTLY } from './stacks/nightly.ts'
import { SHOP } from './stacks/shop.ts'

/** A small company that sells coffee: what runs on its machines, a file for each stack. */
export const STACKS: readonly Stack[] = [
  SHOP,
  BILLING,
  EDGE,
  MONITORING,
  ANALYTICS,
  NIGHTLY,
]
