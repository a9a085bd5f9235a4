import { useNavigate, useRouter } from '@tanstack/react-router'
import type { Target } from './target.ts'

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** This entry was added to open a sheet: to close it is to go back. */
    sheet?: boolean
  }
}

const routes = { service: '/services/$name', node: '/nodes/$name' } as const

/** What of an address says that a sheet is open. */
const nothing = {
  do: undefined,
  version: undefined,
  replicas: undefined,
  scale: undefined,
  operation: undefined,
  family: undefined,
  service: undefined,
}

/** Opens and closes what lies over the page of a service or node. It stands in the address. */
export function useSheet() {
  const navigate = useNavigate()
  const router = useRouter()

  const isOnPage = ({ subject, name }: Target) =>
    router.state.matches.some(
      ({ routeId, params }) =>
        routeId === routes[subject] && 'name' in params && params.name === name,
    )

  /** Opens the preview of a command on the page, or tab, of what it is given to. */
  const open = (target: Target) => {
    const { subject, name: onto } = target
    const state = { sheet: true } as const
    if (isOnPage(target))
      void navigate({
        to: '.',
        search: (before: object) => ({ ...before, do: target.kind }),
        resetScroll: false,
        state,
      })
    else if (subject === 'service')
      void navigate({
        to: '/services/$name',
        params: { name: onto },
        search: { do: target.kind },
        state,
      })
    else
      void navigate({
        to: '/nodes/$name',
        params: { name: onto },
        search: { do: target.kind },
        state,
      })
  }

  /** Opens the preview of scaling a service over the page of a node, and stays there. */
  const openScale = (service: string, replicas: number) =>
    void navigate({
      to: '.',
      search: (before: object) => ({
        ...before,
        ...nothing,
        scale: service,
        replicas: String(replicas),
      }),
      resetScroll: false,
      state: { sheet: true },
    })

  /** The command was taken: what is open now is its operation, also after a reload. */
  const track = (operation: string) =>
    void navigate({
      to: '.',
      search: (before: object) => ({ ...before, ...nothing, operation }),
      state: (before) => before,
      replace: true,
      resetScroll: false,
    })

  const close = () => {
    if (router.state.location.state.sheet) return router.history.back()
    void navigate({
      to: '.',
      search: (before: object) => ({ ...before, ...nothing }),
      replace: true,
      resetScroll: false,
    })
  }

  return { open, openScale, track, close }
}
