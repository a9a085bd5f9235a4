import { useSyncExternalStore } from 'react'

export type Theme = 'system' | 'light' | 'dark'
export type Density = 'comfortable' | 'compact'

/** A choice of this browser, remembered, and mirrored in an attribute of <html> for CSS. */
function preference<T extends string>(name: string, first: T, others: readonly T[]) {
  const key = `skep.${name}`
  const listeners = new Set<() => void>()
  const read = () => [first, ...others].find((value) => value === stored(key)) ?? first
  let current = read()

  const show = () => {
    if (current === first) document.documentElement.removeAttribute(`data-${name}`)
    else document.documentElement.setAttribute(`data-${name}`, current)
  }
  show()
  // Another tab of this browser changed it.
  window.addEventListener('storage', (event) => {
    if (event.key === key || event.key === null) set(read())
  })

  function set(value: T): void {
    current = value
    store(key, value)
    show()
    for (const listener of listeners) listener()
  }
  const subscribe = (listener: () => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  return { set, use: () => useSyncExternalStore(subscribe, () => current) }
}

const theme = preference<Theme>('theme', 'system', ['light', 'dark'])
const density = preference<Density>('density', 'comfortable', ['compact'])

export const useTheme = theme.use
export const setTheme = theme.set
export const useDensity = density.use
export const setDensity = density.set

// Storage can be forbidden altogether; then a choice lasts as long as the page.
function stored(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function store(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    return
  }
}
