import type { CommandKind } from '@skep/shared/contract/preview'
import { useNavigate, useRouter } from '@tanstack/react-router'

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** This entry was added to open a sheet: to close it is to go back. */
    sheet?: boolean
  }
}

/** Opens and closes what lies over a service's page. It stands in the address. */
export function useSheet() {
  const navigate = useNavigate()
  const router = useRouter()

  const isOnPage = (service: string) =>
    router.state.matches.some(
      ({ routeId, params }) =>
        routeId === '/services/$name' && 'name' in params && params.name === service,
    )

  /** Opens the preview of a command on the page, or tab, of its service. */
  const open = (service: string, kind: CommandKind) => {
    const shared = { resetScroll: false, state: { sheet: true } } as const
    if (isOnPage(service))
      void navigate({ to: '.', search: (before) => ({ ...before, do: kind }), ...shared })
    else
      void navigate({
        to: '/services/$name',
        params: { name: service },
        search: { do: kind },
        state: { sheet: true },
      })
  }

  /** The command was taken: what is open now is its operation, also after a reload. */
  const track = (operation: string) =>
    void navigate({
      to: '.',
      search: (before) => ({
        ...before,
        do: undefined,
        version: undefined,
        operation,
      }),
      state: (before) => before,
      replace: true,
      resetScroll: false,
    })

  const close = () => {
    if (router.state.location.state.sheet) return router.history.back()
    void navigate({
      to: '.',
      search: (before) => ({
        ...before,
        do: undefined,
        version: undefined,
        operation: undefined,
      }),
      replace: true,
      resetScroll: false,
    })
  }

  return { open, track, close }
}
