import { useCallback } from 'react'

/** Tells CSS how much of the top is covered, so that focus is never scrolled under it. */
export function useStickyHeight() {
  return useCallback((element: HTMLElement) => {
    const tell = () =>
      document.documentElement.style.setProperty(
        '--sticky-top',
        `${element.getBoundingClientRect().height}px`,
      )
    const observer = new ResizeObserver(tell)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
}
