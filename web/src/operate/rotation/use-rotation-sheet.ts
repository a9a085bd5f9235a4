import type { AskedAct } from '@skep/shared/contract/rotation'
import { useNavigate } from '@tanstack/react-router'

/** Opens the preview of an act over the page of a rotation; it stands in its address. */
export function useRotationSheet() {
  const navigate = useNavigate()
  return (asked: AskedAct) =>
    void navigate({
      to: '.',
      search: (before: object) => ({
        ...before,
        do: asked.act,
        service: asked.act === 'rollback' ? asked.service : undefined,
      }),
      resetScroll: false,
      state: { sheet: true },
    })
}
