import { useLocation } from '@tanstack/react-router'
import { useEffect } from 'react'
import { needsYou } from '../cluster/needs.ts'
import { useClusterIfAny } from '../cluster/queries.ts'
import { useStatus } from '../cluster/status.ts'

const sections: Record<string, string> = {
  '': 'Now',
  services: 'Services',
  nodes: 'Nodes',
  stateful: 'Stateful',
  secrets: 'Secrets',
  configs: 'Configs',
  rotations: 'Rotation',
  networks: 'Networks',
  volumes: 'Volumes',
  stacks: 'Stacks',
  journal: 'Journal',
}

/** The title of a page by its address: "web · Services · Skep". */
export function pageTitle(pathname: string): string {
  const [section = '', name] = pathname.split('/').slice(1)
  const subject = name ? [readable(name)] : []
  return [...subject, sections[section] ?? 'No such page', 'Skep'].join(' · ')
}

/** An address can be typed wrong: then it is shown as it is. */
function readable(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** Names the tab, and counts there what needs a person, for who has it in the back. */
export function useTitle() {
  const { pathname } = useLocation()
  const needs = useClusterIfAny(needsYou) ?? 0
  const trusted = useStatus((status) => status.trusted)
  useEffect(() => {
    const count = trusted && needs > 0 ? `(${needs}) ` : ''
    document.title = count + pageTitle(pathname)
  }, [pathname, needs, trusted])
}
