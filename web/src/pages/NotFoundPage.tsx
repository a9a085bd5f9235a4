import { Link, useLocation } from '@tanstack/react-router'
import { PageHeader } from '../ui/PageHeader.tsx'

/** An address that is none of ours. */
export function NotFoundPage() {
  const { pathname } = useLocation()
  return (
    <>
      <PageHeader
        verdict="There is no such page."
        status={{ mark: 'circle-dashed', tone: 'neutral' }}
      >
        <code>{pathname}</code>
      </PageHeader>
      <p>
        <Link to="/">Now</Link> shows what needs you; <Link to="/services">Services</Link>{' '}
        and <Link to="/nodes">Nodes</Link> list what runs here.
      </p>
    </>
  )
}
