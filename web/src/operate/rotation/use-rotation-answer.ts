import type { Rotation } from '@skep/shared/contract/rotation'
import { useQueryClient } from '@tanstack/react-query'
import { rotationKey, rotationsKey } from '../../cluster/stored.ts'

/** Puts what the server says of a rotation after an act in the place of what was read. */
export function useRotationAnswer(id: string) {
  const client = useQueryClient()
  return (rotation: Rotation) => {
    // An answer that was asked for before this one would show what is past.
    void client.cancelQueries({ queryKey: rotationKey(id) })
    client.setQueryData(rotationKey(id), rotation)
    void client.invalidateQueries({ queryKey: rotationsKey })
    void client.invalidateQueries({ queryKey: ['stored'] })
  }
}
