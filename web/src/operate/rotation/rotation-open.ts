import { type AskedAct, PreviewedAct } from '@skep/shared/contract/rotation'
import { z } from 'zod'

/** What of an address says that a sheet lies open over a rotation; never the act itself. */
export const RotationSearch = z.object({
  do: PreviewedAct.optional().catch(undefined),
  service: z.string().max(300).optional().catch(undefined).describe('For rollback: whom'),
})
export type RotationSearch = z.infer<typeof RotationSearch>

/** What an address opens; null for what makes no sense. */
export function rotationOpen({ do: act, service }: RotationSearch): AskedAct | null {
  switch (act) {
    case undefined:
      return null
    case 'rollback':
      return service === undefined ? null : { act, service }
    case 'resume':
    case 'retire':
      return { act }
  }
}
