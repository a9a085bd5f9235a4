import { useLocalStorage } from '@mantine/hooks'
import { MaintenancePlan } from './plan.ts'

/** The plan for a node, if one is under way. Kept by this browser. */
export function usePlan(node: string) {
  const [kept, keep, drop] = useLocalStorage<unknown>({
    key: `skep.maintenance.${node}`,
    defaultValue: null,
    getInitialValueInEffect: false,
  })
  return {
    plan: MaintenancePlan.safeParse(kept).data ?? null,
    change: (plan: MaintenancePlan) => keep(plan),
    end: drop,
  }
}
