import type { Node } from '@skep/shared/contract/node'
import type { Service } from '@skep/shared/contract/service'
import { useState } from 'react'
import { useNodes, useServices } from '../cluster/queries.ts'

/**
 * What of the stream a node's preview depends on: the node, the services with tasks on it,
 * and which other nodes could take them. The same array as long as none of them changed.
 */
export function useNodeBasis(node: Node): readonly unknown[] {
  const services = useServices()
  const nodes = useNodes()
  const now = [
    node,
    fitnessOf(Object.values(nodes)),
    ...Object.values(services).filter((service) => isOn(service, node.name)),
  ]
  const [last, setLast] = useState(now)
  if (same(last, now)) return last
  setLast(now)
  return now
}

/** What decides whether a node takes tasks; how many it has now is not part of it. */
const fitnessOf = (nodes: Node[]): string =>
  nodes
    .map(({ name, role, status, labels, manager }) =>
      [name, role, status, manager?.reachability, JSON.stringify(labels)].join(' '),
    )
    .join('\n')

const isOn = ({ slots }: Service, node: string): boolean =>
  slots.some(({ tasks }) => tasks.some((task) => task.node === node))

const same = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((one, i) => Object.is(one, b[i]))
