import { createContext, type ReactNode, use, useEffect } from 'react'
import type { Session } from './session.ts'

const SessionContext = createContext<Session | null>(null)

/** How often the link is judged: silence sends no event of its own. */
const tick = 1_000

/** Lends the session to everything beneath, and keeps its clock running. */
export function SessionProvider(props: { session: Session; children: ReactNode }) {
  const { session, children } = props
  useEffect(() => {
    const timer = setInterval(() => session.tick(), tick)
    return () => clearInterval(timer)
  }, [session])
  return <SessionContext value={session}>{children}</SessionContext>
}

/** The session of this tab. Throws outside its provider. */
export function useSession(): Session {
  const session = use(SessionContext)
  if (!session) throw new Error('No session: render this inside <SessionProvider>')
  return session
}
