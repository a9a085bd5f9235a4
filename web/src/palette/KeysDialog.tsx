import { useEffect, useRef } from 'react'
import { Button } from '../ui/Button.tsx'
import { KeyHint } from '../ui/KeyHint.tsx'
import styles from './KeysDialog.module.css'
import { keymap, otherKeys } from './keymap.ts'

type KeysDialogProps = { singleKeys: boolean; onClose: () => void }

/** Every key there is, in one place. */
export function KeysDialog({ singleKeys, onClose }: KeysDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  const bindings = [...keymap, ...otherKeys]
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-labelledby="keys-title"
      onClose={onClose}
    >
      <header className={styles.header}>
        <h2 id="keys-title">Keys</h2>
        <Button look="quiet" onClick={() => dialog.current?.close()}>
          Close <KeyHint keys="Esc" />
        </Button>
      </header>
      {!singleKeys && (
        <p className={styles.note}>
          Keys without a modifier are turned off in this browser; the View menu turns them
          on.
        </p>
      )}
      <div className={styles.groups}>
        {(['Go', 'Move', 'Act', 'View'] as const).map((group) => (
          <section key={group} aria-label={group}>
            <h3>{group}</h3>
            <dl>
              {bindings
                .filter((binding) => binding.group === group)
                .map(({ keys, does }) => (
                  <div key={keys}>
                    <dt>{does}</dt>
                    <dd>
                      <KeyHint keys={keys} />
                    </dd>
                  </div>
                ))}
              {group === 'Go' && (
                <div>
                  <dt>Anywhere by name</dt>
                  <dd>
                    <KeyHint keys="⌘K" /> or <KeyHint keys="Ctrl+K" />
                  </dd>
                </div>
              )}
            </dl>
          </section>
        ))}
      </div>
    </dialog>
  )
}
