import { Popover } from '@mantine/core'
import { useSession } from '../cluster/SessionProvider.tsx'
import { useHold } from '../cluster/status.ts'
import {
  type Density,
  setDensity,
  setTheme,
  type Theme,
  useDensity,
  useTheme,
} from '../theme/preference.ts'
import { Button } from '../ui/Button.tsx'
import { KeyHint } from '../ui/KeyHint.tsx'
import { Choice } from './Choice.tsx'
import { icons } from './icons.tsx'
import styles from './ViewMenu.module.css'

const themes: Record<Theme, string> = { system: 'System', light: 'Light', dark: 'Dark' }
const densities: Record<Density, string> = {
  comfortable: 'Comfortable',
  compact: 'Compact',
}

export type ViewMenuProps = {
  singleKeys: boolean
  onSingleKeys: (on: boolean) => void
  onKeys: () => void
}

/** How this browser shows things: theme, density, hold, keys. */
export function ViewMenu({ singleKeys, onSingleKeys, onKeys }: ViewMenuProps) {
  const theme = useTheme()
  const density = useDensity()
  const session = useSession()
  const held = useHold() !== null
  return (
    <Popover position="bottom-end" width={280} trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className={styles.button} aria-label="View">
          {icons.view}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label="View" className={styles.menu}>
        <Choice legend="Theme" options={themes} value={theme} onChange={setTheme} />
        <Choice
          legend="Density"
          options={densities}
          value={density}
          onChange={setDensity}
        />
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={singleKeys}
            onChange={(event) => onSingleKeys(event.target.checked)}
          />
          Keys without a modifier
        </label>
        <div className={styles.actions}>
          <Button onClick={() => session.toggleHold()}>
            {held ? 'Let the view run' : 'Hold the view'} <KeyHint keys="p" />
          </Button>
          <Button onClick={onKeys}>
            Show all keys <KeyHint keys="?" />
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
