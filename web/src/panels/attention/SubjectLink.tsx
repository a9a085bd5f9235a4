import type { AttentionSubject } from '@skep/shared/contract/attention'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

/** A link to the page of whatever something is about. */
export function SubjectLink(props: { subject: AttentionSubject; children: ReactNode }) {
  const { subject, children } = props
  const { kind, name } = subject
  switch (kind) {
    case 'service':
      return (
        <Link to="/services/$name" params={{ name }}>
          {children}
        </Link>
      )
    case 'node':
      return (
        <Link to="/nodes/$name" params={{ name }}>
          {children}
        </Link>
      )
    case 'rotation':
      return (
        <Link to="/rotations/$id" params={{ id: name }}>
          {children}
        </Link>
      )
    case 'swarm':
      return <Link to="/nodes">{children}</Link>
  }
}
