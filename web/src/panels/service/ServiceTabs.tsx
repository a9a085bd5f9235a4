import { Link, linkOptions } from '@tanstack/react-router'
import styles from './ServiceTabs.module.css'

const tabs = (name: string) =>
  linkOptions([
    { to: '/services/$name', params: { name }, children: 'Overview' },
    { to: '/services/$name/tasks', params: { name }, children: 'Tasks' },
    { to: '/services/$name/spec', params: { name }, children: 'Spec' },
    { to: '/services/$name/logs', params: { name }, children: 'Logs' },
    { to: '/services/$name/history', params: { name }, children: 'History' },
  ])

/** The ways to look at one service. Each is an address of its own. */
export function ServiceTabs({ name }: { name: string }) {
  return (
    <nav className={styles.tabs} aria-label={`Parts of ${name}`}>
      <ul>
        {tabs(name).map((tab) => (
          <li key={tab.to}>
            <Link
              {...tab}
              activeOptions={{ exact: true, includeSearch: false }}
              className={styles.tab}
              resetScroll={false}
            />
          </li>
        ))}
      </ul>
    </nav>
  )
}
