import { useRouter } from '@tanstack/react-router'
import { type MouseEvent, type ReactNode, useRef } from 'react'
import { useAhead } from './use-ahead.ts'

type RowLinkProps = {
  /** A page of this application, as its address has it. */
  to: string
  title?: string
  children: ReactNode
}

/**
 * A link for tables of many rows. It leads there and fetches that page ahead as the router's
 * own does, once a pointer or the focus rests on it, but never asks where one is: hundreds of
 * those would each look up, at every letter that is typed into the filter, whether they lead
 * to this very page.
 */
export function RowLink({ to, title, children }: RowLinkProps) {
  const router = useRouter()
  const fetchAhead = useAhead()
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined)
  const prepare = () => {
    clearTimeout(rest.current)
    rest.current = setTimeout(() => fetchAhead(to), router.options.defaultPreloadDelay)
  }
  const passBy = () => clearTimeout(rest.current)
  const go = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0) return
    // Another tab or window: the browser's business.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    void router.navigate({ href: to })
  }
  return (
    <a
      href={to}
      title={title}
      onClick={go}
      onMouseEnter={prepare}
      onMouseLeave={passBy}
      onFocus={prepare}
      onBlur={passBy}
      onTouchStart={prepare}
    >
      {children}
    </a>
  )
}
