import { useEffect, useEffectEvent } from 'react'
import { type Command, type Pressed, press } from './keymap.ts'

/** How long a palette may take to appear before keys mean commands again, in milliseconds. */
const appearing = 2_000

type KeyActions = {
  onCommand: (command: Command) => void
  /** For ⌘K and Ctrl K, which act everywhere. */
  onPalette: () => void
  /** A modifier goes down, which is how ⌘K and Ctrl K begin. */
  onModifier: () => void
}

/**
 * Runs a command for its keys, while nothing is being typed and no dialog is open.
 * @param singleKeys whether keys without a modifier act at all (WCAG 2.1.4)
 */
export function useKeys(
  singleKeys: boolean,
  { onCommand, onPalette, onModifier }: KeyActions,
) {
  const run = useEffectEvent(onCommand)
  const openPalette = useEffectEvent(onPalette)
  const prepare = useEffectEvent(onModifier)
  useEffect(() => {
    let pressed: Pressed = null
    let paletteAskedAt = Number.NEGATIVE_INFINITY
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Control' || event.key === 'Meta') prepare()
      if (event.defaultPrevented) return
      if (event.key.toLowerCase() === 'k' && (event.metaKey || event.ctrlKey)) {
        event.preventDefault()
        // A modal dialog of the browser would lie above the palette.
        if (document.querySelector('dialog[open]')) return
        paletteAskedAt = event.timeStamp
        openPalette()
        return
      }
      if (!singleKeys || event.metaKey || event.ctrlKey || event.altKey) return
      if (isTyping(event.target) || isDialogOpen()) {
        paletteAskedAt = Number.NEGATIVE_INFINITY
        return
      }
      // A name typed ahead of the palette is not a row of commands.
      if (event.timeStamp - paletteAskedAt < appearing) return
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
