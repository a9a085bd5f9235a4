import '@mantine/core/styles/Menu.layer.css'
import { Menu, Tooltip } from '@mantine/core'
import type { Service } from '@skep/shared/contract/service'
import { useRef } from 'react'
import { Button } from '../ui/Button.tsx'
import { commandWords, type Offer, offersOf } from './command-words.ts'
import { loadSheet } from './Operate.tsx'
import styles from './ServiceActions.module.css'
import { useStandstill } from './standstill.ts'
import { useSheet } from './use-sheet.ts'

/** What can be done to a service. Each button opens a preview; none of them acts. */
export function ServiceActions({ service }: { service: Service }) {
  const { open } = useSheet()
  const standstill = useStandstill()
  const menu = useRef<HTMLButtonElement>(null)
  const { first, more } = offersOf(service)
  return (
    <div className={styles.actions} onPointerEnter={() => void loadSheet()}>
      {first.map((offer) => (
        <OfferButton
          key={offer.kind}
          offer={offer}
          standstill={standstill}
          onOpen={() => open(service.name, offer.kind)}
        />
      ))}
      <Menu position="bottom-end">
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
          {more.map(({ kind }) => (
            <Menu.Item
              key={kind}
              className={styles.item}
              disabled={standstill !== null}
              onClick={() => {
                // The item goes with its menu; the sheet gives the focus back to this.
                menu.current?.focus()
                open(service.name, kind)
              }}
            >
              {commandWords[kind].verb}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {standstill && <p className={styles.standstill}>{standstill}</p>}
    </div>
  )
}

type OfferButtonProps = { offer: Offer; standstill: string | null; onOpen: () => void }

function OfferButton({ offer, standstill, onOpen }: OfferButtonProps) {
  const reason = standstill ?? offer.refusal
  const button = (
    <Button aria-disabled={reason !== null} onClick={() => reason === null && onOpen()}>
      {commandWords[offer.kind].verb}
    </Button>
  )
  return reason === null ? button : <Tooltip label={reason}>{button}</Tooltip>
}
