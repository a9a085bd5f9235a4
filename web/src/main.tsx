import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { SessionProvider } from './cluster/SessionProvider.tsx'
import { Session } from './cluster/session.ts'
import { followStream } from './cluster/stream.ts'
import { checkFrames } from './cluster/wire.ts'
import { createPages } from './routes.tsx'
import { ThemeProvider } from './theme/ThemeProvider.tsx'

const client = new QueryClient()
const session = new Session(client)
const router = createPages()

if (import.meta.env.DEV)
  void import('./cluster/wire-check.ts').then(({ checkAgainstContract }) =>
    checkFrames(checkAgainstContract),
  )

// Before the first render: the snapshot travels while React starts.
followStream({
  take: (message) => session.take(message),
  turn: (open) => session.turn(open),
})

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <ThemeProvider>
      <QueryClientProvider client={client}>
        <SessionProvider session={session}>
          <RouterProvider router={router} />
        </SessionProvider>
      </QueryClientProvider>
    </ThemeProvider>
  </StrictMode>,
)
