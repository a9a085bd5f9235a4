import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { SessionProvider } from './cluster/SessionProvider.tsx'
import { Session } from './cluster/session.ts'
import { followStream } from './cluster/stream.ts'
import { checkFrames } from './cluster/wire.ts'
import { createPages } from './routes.tsx'
import { settledOrLate } from './settled-or-late.ts'
import { ThemeProvider } from './theme/ThemeProvider.tsx'

const client = new QueryClient()
const session = new Session(client)
const router = createPages(client)

if (import.meta.env.DEV)
  void import('./cluster/wire-check.ts').then(({ checkAgainstContract }) =>
    checkFrames(checkAgainstContract),
  )

// A page of a version that the server no longer has: its parts are gone, so take the new
// one. Once only, or a server that lost its files would have the tab reload for ever.
window.addEventListener('vite:preloadError', (event) => {
  if (sessionStorage.getItem('skep.reloaded') === location.pathname) return
  sessionStorage.setItem('skep.reloaded', location.pathname)
  event.preventDefault()
  location.reload()
})

/** How long the first page waits to hear of the swarm, in milliseconds; its frame is there. */
const firstWord = 500

// Before the first render: the snapshot travels while React starts.
const told = Promise.withResolvers<void>()
followStream({
  take: (message) => {
    told.resolve()
    return session.take(message)
  },
  lose: () => session.lose(),
})

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

// The code of the first page is fetched before React clears what stands in index.html, or
// there would be nothing at all between the two. Where it fails or hangs the shell comes
// without it: its bars tell of the link, and the router of the page. The first message of the
// stream is waited for as well, if it does not take long: a bar that comes with it, such as
// that of a simulated swarm, would push down what stands there already.
const ready = [settledOrLate(router.load()), settledOrLate(told.promise, firstWord)]
void Promise.all(ready).then(() =>
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
  ),
)
