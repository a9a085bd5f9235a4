import type { Rotation, RotationAct } from '@skep/shared/contract/rotation'
import { api } from '@skep/shared/paths'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { postJson } from '../../cluster/get-json.ts'
import { rotationKey, rotationsKey } from '../../cluster/stored.ts'

/** What is asked of a rotation, knowing of these warnings. */
type Told = { act: RotationAct; acknowledged: string[] }

/** Moves a rotation on; what the server then says of it takes the place of what was read. */
export function useRotationAct(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ act, acknowledged }: Told) =>
      postJson<Rotation>(api.rotationAct(id, act), { acknowledged }),
    onSuccess: (rotation) => {
      // An answer that was asked for before this one would show what is past.
      void client.cancelQueries({ queryKey: rotationKey(id) })
      client.setQueryData(rotationKey(id), rotation)
      void client.invalidateQueries({ queryKey: rotationsKey })
      void client.invalidateQueries({ queryKey: ['stored'] })
    },
    // Refused, it may be because it stands otherwise than this page thinks.
    onError: () => void client.invalidateQueries({ queryKey: rotationKey(id) }),
  })
}
