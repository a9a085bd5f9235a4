import type { FilterVerdict, Placement } from '@skep/shared/contract/placement'
import { filterWords } from '@skep/shared/vocabulary'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { Mark } from '../../ui/Mark.tsx'
import { useScrolls } from '../../ui/use-scrolls.ts'
import { counted } from '../../ui/words.ts'
import styles from './Placement.module.css'
import { askedFilters, byFit, fitSentence, verdictOf } from './placement-words.ts'

type NodeFit = Placement['nodes'][number]

/** As many nodes as are read one by one. */
const shownFirst = 25

/** Nodes against the filters that are asked; on a phone, a list of nodes. */
export function PlacementTable({ nodes }: { nodes: NodeFit[] }) {
  const [all, setAll] = useState(false)
  const [frame, scrolls] = useScrolls()
  const filters = askedFilters(nodes)
  const ordered = byFit(nodes)
  const shown = all ? ordered : ordered.slice(0, shownFirst)
  const left = nodes.length - shown.length
  return (
    <>
      <section
        ref={frame}
        className={styles.frame}
        aria-label="Nodes against filters"
        tabIndex={scrolls ? 0 : undefined}
      >
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Node</th>
              {filters.map((id) => (
                <th key={id} scope="col">
                  {filterWords[id]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((node) => (
              <tr key={node.node} data-node={node.node} data-fits={String(node.fits)}>
                <th scope="row">
                  <NodeLink node={node} />
                </th>
                {filters.map((id) => (
                  <Verdict
                    key={id}
                    verdict={verdictOf(node, id)}
                    isFirst={node.first === id}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <ul className={styles.list}>
        {shown.map((node) => (
          <li key={node.node} data-fits={String(node.fits)}>
            <NodeLink node={node} />
            <span>{fitSentence(node)}</span>
          </li>
        ))}
      </ul>
      {left > 0 && (
        <Button onClick={() => setAll(true)}>Show {counted(left, 'more node')}</Button>
      )}
    </>
  )
}

function NodeLink({ node: { node, running } }: { node: NodeFit }) {
  return (
    <>
      <Link to="/nodes/$name" params={{ name: node }}>
        {node}
      </Link>
      {running > 0 && <span className={styles.running}> has {running}</span>}
    </>
  )
}

type VerdictProps = { verdict: FilterVerdict | null; isFirst: boolean }

/** The first that refuses is the one that the swarm counts; the others would refuse too. */
function Verdict({ verdict, isFirst }: VerdictProps) {
  switch (verdict?.verdict) {
    case 'refuses':
      return (
        <td data-first={isFirst || undefined} data-refuses>
          <span className={styles.verdict}>
            <Mark
              mark="diamond-cross"
              tone={isFirst ? 'critical' : 'neutral'}
              size={12}
              label={isFirst ? 'Refuses, first' : 'Refuses too'}
            />
            {verdict.sentence}
          </span>
        </td>
      )
    case 'passes':
      return (
        <td>
          <Mark mark="disc-check" tone="ok" size={12} label="Passes" />
        </td>
      )
    case 'cannot-tell':
      return (
        <td>
          <span className={styles.verdict}>
            <Mark mark="circle-dashed" tone="neutral" size={12} label="Cannot tell" />
            {verdict.sentence}
          </span>
        </td>
      )
    case 'not-asked':
    case undefined:
      return <td className={styles.running}>not asked</td>
  }
}
