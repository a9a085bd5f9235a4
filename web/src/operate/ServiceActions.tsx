import type { Service } from '@skep/shared/contract/service'
import { Actions } from './Actions.tsx'
import { commandWords, offersOf } from './command-words.ts'
import { useSheet } from './use-sheet.ts'

/** What can be done to a service. */
export function ServiceActions({ service }: { service: Service }) {
  const { open } = useSheet()
  return (
    <Actions
      offers={offersOf(service)}
      words={commandWords}
      onOpen={(kind) => open({ subject: 'service', name: service.name, kind })}
    />
  )
}
