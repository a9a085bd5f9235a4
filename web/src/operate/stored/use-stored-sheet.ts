import { useNavigate } from '@tanstack/react-router'
import type { StoredDo } from './stored-open.ts'

/** Opens a sheet over the page of secrets or configs that one is on; in its address. */
export function useStoredSheet() {
  const navigate = useNavigate()
  return (what: StoredDo, family?: string) =>
    void navigate({
      to: '.',
      search: (before: object) => ({ ...before, do: what, family }),
      resetScroll: false,
      state: { sheet: true },
    })
}
