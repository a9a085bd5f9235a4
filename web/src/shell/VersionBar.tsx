import { useStatus } from '../cluster/status.ts'
import { Button } from '../ui/Button.tsx'
import styles from './Bar.module.css'

/** The console was replaced by another version: a quiet offer. See useVersion. */
export function VersionBar() {
  const version = useStatus((status) => status.newVersion)
  if (!version) return null
  return (
    <div className={styles.bar}>
      <div className={styles.words}>
        <p>The console was updated to {version}.</p>
      </div>
      <Button onClick={() => location.reload()}>Reload for the new version</Button>
    </div>
  )
}
