import type { Rotation } from '@skep/shared/contract/rotation'
import { api } from '@skep/shared/paths'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { postJson } from '../../cluster/get-json.ts'
import { rotationKey } from '../../cluster/stored.ts'
import { useRotationAnswer } from './use-rotation-answer.ts'

/** Leaves a rotation as it is: the swarm is told nothing, so nothing is previewed. */
export function useAbandon(id: string) {
  const client = useQueryClient()
  const take = useRotationAnswer(id)
  return useMutation({
    mutationFn: () => postJson<Rotation>(api.rotationAct(id, 'abandon'), {}),
    onSuccess: take,
    // Refused, it may be because it stands otherwise than this page thinks.
    onError: () => void client.invalidateQueries({ queryKey: rotationKey(id) }),
  })
}
