import type { Reference } from '@skep/shared/contract/preview'
import { Link } from '@tanstack/react-router'

/** What a check speaks of, as a link where it has a page. */
export function ReferenceLink({ reference: { kind, name } }: { reference: Reference }) {
  switch (kind) {
    case 'service':
      return (
        <>
          Service{' '}
          <Link to="/services/$name" params={{ name }}>
            {name}
          </Link>
        </>
      )
    case 'node':
      return (
        <>
          Node{' '}
          <Link to="/nodes/$name" params={{ name }}>
            {name}
          </Link>
        </>
      )
    case 'network':
      return (
        <>
          Network{' '}
          <Link to="/networks" search={{ q: name }}>
            {name}
          </Link>
        </>
      )
    case 'swarm':
      return <Link to="/nodes">The swarm</Link>
    case 'secret':
      return (
        <>
          Secret{' '}
          <Link to="/secrets/$name" params={{ name }}>
            {name}
          </Link>
        </>
      )
    case 'config':
      return (
        <>
          Config{' '}
          <Link to="/configs/$name" params={{ name }}>
            {name}
          </Link>
        </>
      )
    case 'volume':
      return (
        <>
          Volume{' '}
          <Link to="/volumes" search={{ q: name }}>
            {name}
          </Link>
        </>
      )
    case 'task':
    case 'image':
      return (
        <>
          {kind.charAt(0).toUpperCase() + kind.slice(1)} <code>{name}</code>
        </>
      )
  }
}
