import { useCallback } from 'react'

/** Tells CSS how much of the top is covered, so that focus is never scrolled under it. */
export function useStickyHeight() {
  return useCallback((element: HTMLElement) => {
    const { style } = document.documentElement
    const tell = () => {
      const { height } = element.getBoundingClientRect()
      // On a narrow screen the element is no box of its own: there the style sheet knows.
      if (height > 0) style.setProperty('--sticky-top', `${height}px`)
      else style.removeProperty('--sticky-top')
    }
    const observer = new ResizeObserver(tell)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
}
