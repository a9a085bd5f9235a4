import type { Attention } from '@skep/shared/contract/attention'
import type { Cluster } from '@skep/shared/contract/cluster'
import { pages } from '@skep/shared/paths'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useRouter } from '@tanstack/react-router'
import { useSession } from '../cluster/SessionProvider.tsx'
import { clusterKey } from '../cluster/session.ts'
import { useSheet } from '../operate/use-sheet.ts'
import type { Command } from '../palette/keymap.ts'
import {
  focusedLink,
  focusedNode,
  focusedService,
  focusFilter,
  moveToRow,
} from '../palette/rows.ts'

/** What each key does. */
export function useCommands(
  onKeys: () => void,
  say: (words: string) => void,
): (command: Command) => void {
  const session = useSession()
  const client = useQueryClient()
  const router = useRouter()
  const navigate = useNavigate()
  const sheet = useSheet()

  const go = (to: string) => void navigate({ to })
  const moveToAttention = (step: 1 | -1) => {
    if (moveToRow(step, 'main [data-attention]')) return
    const cluster = client.getQueryData<Cluster>(clusterKey)
    const path = neighbour(cluster?.attention ?? [], router.state.location.pathname, step)
    if (path) go(path)
  }

  // The row in focus, or else the page. What cannot be done now, the sheet says.
  const pageOf = (route: string) => {
    const onPage = router.state.matches.find(({ routeId }) => routeId === route)
    return onPage && 'name' in onPage.params ? onPage.params.name : null
  }
  const openPreview = (kind: 'rollback' | 'scale') => {
    const name = focusedService() ?? pageOf('/services/$name')
    if (name) sheet.open({ subject: 'service', name, kind })
  }
  const openDrain = () => {
    const name = focusedNode() ?? pageOf('/nodes/$name')
    if (name) sheet.open({ subject: 'node', name, kind: 'drain' })
  }
  const copyLink = async () => {
    // Without a secure connection browsers have no clipboard.
    const copied = await navigator.clipboard
      ?.writeText(focusedLink() ?? location.href)
      .then(
        () => true,
        () => false,
      )
    say(copied ? 'Link copied' : 'The browser refused to copy')
  }

  return (command) => {
    switch (command) {
      case 'go-now':
        return go(pages.now())
      case 'go-services':
        return go(pages.services())
      case 'go-nodes':
        return go(pages.nodes())
      case 'go-stateful':
        return go(pages.stateful())
      case 'go-secrets':
        return go(pages.secrets())
      case 'go-volumes':
        return go(pages.volumes())
      case 'go-networks':
        return go(pages.networks())
      case 'go-stacks':
        return go(pages.stacks())
      case 'go-journal':
        return go(pages.journal())
      case 'next-row':
        return void moveToRow(1)
      case 'previous-row':
        return void moveToRow(-1)
      case 'next-attention':
        return moveToAttention(1)
      case 'previous-attention':
        return moveToAttention(-1)
      case 'filter':
        return focusFilter()
      case 'drain':
        return openDrain()
      case 'roll-back':
        return openPreview('rollback')
      case 'scale':
        return openPreview('scale')
      case 'copy-link':
        return void copyLink()
      case 'hold':
        return session.toggleHold()
      case 'keys':
        return onKeys()
    }
  }
}

/** The page of the next or previous thing that needs a person, seen from this one. */
export function neighbour(
  attention: Attention[],
  pathname: string,
  step: 1 | -1,
): string | null {
  const paths = [...new Set(attention.map(({ subject }) => subjectPage(subject)))]
  const at = paths.indexOf(pathname)
  const to = at < 0 ? (step > 0 ? 0 : paths.length - 1) : at + step
  return paths[to] ?? null
}

function subjectPage({ kind, name }: Attention['subject']): string {
  switch (kind) {
    case 'swarm':
      return pages.nodes()
    case 'service':
      return pages.service(name)
    case 'node':
      return pages.node(name)
    case 'rotation':
      return pages.rotation(name)
  }
}
