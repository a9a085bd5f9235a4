import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'

/** The page that an address is of: tabs of one service are one page. */
const pageOf = (pathname: string) => pathname.split('/').slice(0, 3).join('/')

/**
 * Moves the focus to the heading after a change of page, so that it is read and the next
 * Tab goes on from there. Not for the first page, nor from tab to tab within one.
 */
export function useRouteFocus() {
  const router = useRouter()
  useEffect(
    () =>
      router.subscribe('onRendered', ({ fromLocation, toLocation }) => {
        if (!fromLocation || pageOf(fromLocation.pathname) === pageOf(toLocation.pathname))
          return
        document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
      }),
    [router],
  )
}
