import './tokens.css'
import './mantine.css'
import '@mantine/core/styles/UnstyledButton.layer.css'
import '@mantine/core/styles/Tooltip.layer.css'
import './base.css'
import './boot.css'
import { MantineProvider } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { mantineTheme } from './mantine.ts'
import { useTheme } from './preference.ts'

/**
 * The look of everything inside: tokens, base styles and Mantine on top of them. Whoever
 * uses another Mantine component imports its `styles/X.layer.css` beside it.
 */
export function ThemeProvider(props: { children: ReactNode; env?: 'default' | 'test' }) {
  const theme = useTheme()
  const systemIsDark = useMediaQuery('(prefers-color-scheme: dark)')
  const system = systemIsDark ? 'dark' : 'light'
  return (
    <MantineProvider
      theme={mantineTheme}
      forceColorScheme={theme === 'system' ? system : theme}
      withCssVariables={false}
      withGlobalClasses={false}
      withStaticClasses={false}
      env={props.env ?? 'default'}
    >
      {props.children}
    </MantineProvider>
  )
}
