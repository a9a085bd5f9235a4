import { type RefCallback, useCallback, useState } from 'react'

/**
 * Whether what a frame holds is wider than it. Only then the frame is a stop of the keyboard,
 * which scrolls it; otherwise there is nothing to do there.
 */
export function useScrolls(): [RefCallback<HTMLElement>, boolean] {
  const [scrolls, setScrolls] = useState(false)
  const ref = useCallback((frame: HTMLElement | null) => {
    if (!frame) return
    const look = () => setScrolls(frame.scrollWidth > frame.clientWidth)
    const observer = new ResizeObserver(look)
    observer.observe(frame)
    for (const part of frame.children) observer.observe(part)
    look()
    return () => observer.disconnect()
  }, [])
  return [ref, scrolls]
}
