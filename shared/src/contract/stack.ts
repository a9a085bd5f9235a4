import { z } from 'zod'
import { Verdict } from './service.ts'

/** A stack exists only as a label, `com.docker.stack.namespace`, on what it deployed. */
export const Stack = z
  .object({
    name: z.string(),
    services: z.array(z.string()),
    networks: z.array(z.string()),
    verdict: Verdict.nullable().describe(
      'The gravest of its services; null without services',
    ),
  })
  .meta({ id: 'Stack' })
export type Stack = z.infer<typeof Stack>
