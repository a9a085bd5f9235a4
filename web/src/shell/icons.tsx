import type { ReactNode } from 'react'
import styles from './icons.module.css'

const icon = (paths: ReactNode) => (
  <svg
    viewBox="0 0 20 20"
    width="20"
    height="20"
    aria-hidden="true"
    className={styles.icon}
  >
    {paths}
  </svg>
)

/** The rail's pictures: drawn, not typed, and never without words beside them. */
export const icons = {
  skep: icon(
    <path d="M7 3.5h6M5 7.2h10M3.5 10.9h13M2.5 14.6h5.5M12 14.6h5.5M8 17v-2.2a2 2 0 0 1 4 0V17" />,
  ),
  now: icon(<path d="M2.5 10.5h3.2l2.3-6 4 11 2.3-5h3.2" />),
  services: icon(<path d="M3 3h6v6H3zM11 3h6v6h-6zM3 11h6v6H3zM11 11h6v6h-6z" />),
  nodes: icon(<path d="M3 3.5h14v5H3zM3 11.5h14v5H3zM6 6h.01M6 14h.01M9 6h5M9 14h5" />),
  stateful: icon(
    <path d="M3.5 5c0-1.4 2.9-2.5 6.5-2.5s6.5 1.1 6.5 2.5v10c0 1.4-2.9 2.5-6.5 2.5S3.5 16.4 3.5 15zM3.5 5c0 1.4 2.9 2.5 6.5 2.5s6.5-1.1 6.5-2.5M3.5 10c0 1.4 2.9 2.5 6.5 2.5s6.5-1.1 6.5-2.5" />,
  ),
  secrets: icon(
    <path d="M7 9a3.5 3.5 0 1 1 0 7a3.5 3.5 0 0 1 0-7zM9.5 10l7-7M13 6.5l2.5 2.5M15.5 4l1.5 1.5" />,
  ),
  volumes: icon(
    <path d="M3 4.5h14v4H3zM3 11.5h14v4H3zM13.5 6.5h.01M13.5 13.5h.01M5.5 6.5h4M5.5 13.5h4" />,
  ),
  networks: icon(
    <path d="M7.5 3h5v4h-5zM2.5 13h5v4h-5zM12.5 13h5v4h-5zM10 7v3M5 13v-3h10v3" />,
  ),
  stacks: icon(
    <path d="M10 2.5l7.5 4-7.5 4-7.5-4zM2.5 10.3l7.5 4 7.5-4M2.5 13.8l7.5 4 7.5-4" />,
  ),
  journal: icon(<path d="M4.5 2.5h11v15h-11zM7.5 2.5v15M10 6.5h3M10 9.5h3" />),
  search: icon(<path d="M9 3.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 0 1 0-11zM13 13l4 4" />),
  view: icon(<path d="M3 6h7M14 6h3M12 4v4M3 14h3M10 14h7M8 12v4" />),
  narrow: icon(<path d="M3 4v12M16 5l-5 5 5 5" />),
  wide: icon(<path d="M17 4v12M4 5l5 5-5 5" />),
}
