import { useEffect, useEffectEvent } from 'react'
import { type Command, type Pressed, press } from './keymap.ts'

/**
 * Runs a command for its keys, while nothing is being typed and no dialog is open.
 * @param singleKeys whether keys without a modifier act at all (WCAG 2.1.4)
 * @param onPalette for ⌘K and Ctrl K, which act everywhere
 */
export function useKeys(
  singleKeys: boolean,
  onCommand: (command: Command) => void,
  onPalette: () => void,
) {
  const run = useEffectEvent(onCommand)
  const openPalette = useEffectEvent(onPalette)
  useEffect(() => {
    let pressed: Pressed = null
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return
      if (event.key.toLowerCase() === 'k' && (event.metaKey || event.ctrlKey)) {
        event.preventDefault()
        openPalette()
        return
      }
      if (!singleKeys || event.metaKey || event.ctrlKey || event.altKey) return
      if (isTyping(event.target) || isDialogOpen()) return
      const result = press(pressed, event.key, event.timeStamp)
      pressed = result.pressed
      if (!result.command) return
      event.preventDefault()
      run(result.command)
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [singleKeys])
}

const pressedOnly = ['button', 'checkbox', 'radio', 'range', 'submit', 'reset', 'color']

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return !pressedOnly.includes(target.type)
  return target.isContentEditable || target.matches('textarea, select, [role="textbox"]')
}

// One that was closed may stay in the document for a while, or for good.
const isDialogOpen = () =>
  [...document.querySelectorAll('dialog[open], [role="dialog"]')].some((dialog) =>
    dialog.checkVisibility(),
  )
