import type { Service } from '@skep/shared/contract/service'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTaskHistory } from '../../cluster/details.ts'
import { useService } from '../../cluster/queries.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { counted } from '../../ui/words.ts'
import { courseOf } from '../slots/phase-words.ts'
import { DetailError } from './DetailError.tsx'
import styles from './TasksTab.module.css'
import { TaskTable } from './TaskTable.tsx'
import { taskGroups } from './task-groups.ts'
import { asked, onlyWords } from './task-search.ts'

const route = getRouteApi('/services/$name/tasks')

/** So many slots at a time: beyond, the page grows slow before the reader does. */
const page = 100

/** Every task that the swarm still remembers of a service, by slot. */
export function TasksTab() {
  const { name } = route.useParams()
  const service = useService(name)
  return service && <Tasks service={service} />
}

function Tasks({ service }: { service: Service }) {
  const search = route.useSearch()
  const { slot } = search
  const [shown, setShown] = useState(page)
  const history = useTaskHistory(service)
  useScrollToHash(history.isSuccess)

  const all = taskGroups(service, history.data)
  const only = onlyWords(search, courseOf(service))
  const wanted = only === null ? all : all.filter(asked(search, service))
  const more = wanted.length - shown
  return (
    <div className={styles.tasks}>
      {only !== null && (
        <p className={styles.filter}>
          Only {only}.{' '}
          <Link to="/services/$name/tasks" params={{ name: service.name }}>
            All {counted(all.length, 'slot')}
          </Link>
        </p>
      )}
      {history.error && (
        <DetailError error={history.error} onRetry={() => void history.refetch()} />
      )}
      {wanted.length === 0 ? (
        <EmptyState>
          {slot !== undefined
            ? `The swarm remembers no task of slot ${slot}.`
            : only !== null
              ? 'No slot is like that now.'
              : 'The swarm remembers no task of this service.'}
        </EmptyState>
      ) : (
        <TaskTable
          groups={wanted.slice(0, shown)}
          image={service.image}
          hasHealthCheck={service.hasHealthCheck}
        />
      )}
      {more > 0 && (
        <Button onClick={() => setShown(shown + page)}>
          Show {Math.min(more, page)} of {counted(more, 'more slot')}
        </Button>
      )}
      {history.data && <p className={styles.note}>{retention(history.data.retained)}</p>}
    </div>
  )
}

/** How far back the history goes, and who decides that. */
function retention(retained: number): string {
  if (retained < 0) return 'This swarm keeps the tasks of every slot for ever.'
  const kept = `This swarm keeps the last ${counted(retained, 'task')} of each slot`
  return `${kept}; what was before them it has forgotten. (docker swarm update --task-history-limit)`
}

// The router scrolls before the history has come.
function useScrollToHash(ready: boolean) {
  useEffect(() => {
    if (!ready || !location.hash) return
    const row = document.getElementById(location.hash.slice(1))
    row?.scrollIntoView({ block: 'center' })
  }, [ready])
}
