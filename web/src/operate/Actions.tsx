import '@mantine/core/styles/Menu.layer.css'
import { Menu, Tooltip } from '@mantine/core'
import { useRef } from 'react'
import { Button } from '../ui/Button.tsx'
import styles from './Actions.module.css'
import type { Offers } from './command-words.ts'
import { loadSheet } from './Operate.tsx'
import { useStandstill } from './standstill.ts'

type ActionsProps<Kind extends string> = {
  offers: Offers<Kind>
  words: Readonly<Record<Kind, { verb: string }>>
  onOpen: (kind: Kind) => void
}

/** What can be done to one thing. Each button opens a preview; none of them acts. */
export function Actions<Kind extends string>(props: ActionsProps<Kind>) {
  const { offers, words, onOpen } = props
  const standstill = useStandstill()
  const menu = useRef<HTMLButtonElement>(null)
  return (
    <div className={styles.actions} onPointerEnter={() => void loadSheet()}>
      {offers.first.map(({ kind, refusal }) => (
        <OfferButton
          key={kind}
          refusal={standstill ?? refusal}
          onOpen={() => onOpen(kind)}
          verb={words[kind].verb}
        />
      ))}
      {/* The keyboard begins on the first item, not on a place that nobody sees. */}
      <Menu position="bottom-end" withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <Button ref={menu}>
            More
            <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
              <path
                d="M3.5 6L8 10.5L12.5 6"
                fill="none"
                stroke="currentColor"
                strokeWidth="1.5"
              />
            </svg>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {offers.more.map(({ kind }) => (
            <Menu.Item
              key={kind}
              className={styles.item}
              disabled={standstill !== null}
              onClick={() => {
                // The item goes with its menu; the sheet gives the focus back to this.
                menu.current?.focus()
                onOpen(kind)
              }}
            >
              {words[kind].verb}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {standstill && <p className={styles.standstill}>{standstill}</p>}
    </div>
  )
}

type OfferButtonProps = { refusal: string | null; verb: string; onOpen: () => void }

function OfferButton({ refusal, verb, onOpen }: OfferButtonProps) {
  const button = (
    <Button aria-disabled={refusal !== null} onClick={() => refusal === null && onOpen()}>
      {verb}
    </Button>
  )
  return refusal === null ? button : <Tooltip label={refusal}>{button}</Tooltip>
}
