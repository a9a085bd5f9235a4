import { createTheme } from '@mantine/core'
import styles from './mantine.module.css'

/**
 * Behaviour of Mantine's components; their looks are in mantine.css. Scrolling is not
 * locked behind dialogs: the lock injects a <style> element, which the page's content
 * security policy forbids, and the page beneath a sheet is meant to stay readable.
 */
export const mantineTheme = createTheme({
  respectReducedMotion: true,
  cursorType: 'pointer',
  focusRing: 'auto',
  components: {
    Tooltip: {
      defaultProps: {
        openDelay: 200,
        events: { hover: true, focus: true, touch: true },
        transitionProps: { duration: 120, transition: 'fade' },
        multiline: true,
        classNames: { tooltip: styles.tooltip },
      },
    },
    Popover: { defaultProps: { transitionProps: { duration: 120, transition: 'fade' } } },
    Menu: { defaultProps: { transitionProps: { duration: 120, transition: 'fade' } } },
    ModalRoot: { defaultProps: { lockScroll: false } },
    Modal: { defaultProps: { lockScroll: false } },
    DrawerRoot: { defaultProps: { lockScroll: false } },
    Drawer: { defaultProps: { lockScroll: false, position: 'right', size: 560 } },
  },
})
