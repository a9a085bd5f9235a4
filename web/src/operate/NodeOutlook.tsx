import type {
  NodePreview,
  QuorumOutlook,
  ServiceDip,
} from '@skep/shared/contract/node-preview'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useId, useState } from 'react'
import { ServiceName } from '../panels/state/ServiceName.tsx'
import { ServiceState } from '../panels/state/ServiceState.tsx'
import { Ago } from '../ui/Ago.tsx'
import { Button } from '../ui/Button.tsx'
import { Mark } from '../ui/Mark.tsx'
import { counted } from '../ui/words.ts'
import { Changed } from './Changed.tsx'
import { type Marks, rowKey } from './marks.ts'
import styles from './NodeOutlook.module.css'
import { Rooms } from './Rooms.tsx'

type NodeOutlookProps = { preview: NodePreview; marks: Marks }

/** What a command on a node means for services, for the other nodes and for the managers. */
export function NodeOutlook({ preview, marks }: NodeOutlookProps) {
  const { services, gains, losesOnlyNode, capacity, quorum } = preview
  return (
    <>
      {losesOnlyNode.length > 0 && (
        <Part title={`${counted(losesOnlyNode.length, 'service')} no node would take`}>
          <ul className={styles.names}>
            {losesOnlyNode.map((service) => (
              <li key={service}>
                <ServiceName name={service} />{' '}
                {marks.changes.has(rowKey.loss(service)) && <Changed />}
              </li>
            ))}
          </ul>
        </Part>
      )}
      {services.length > 0 && (
        <Part title="Fewer run meanwhile">
          <More
            items={services}
            things="service"
            render={(dip) => (
              <Dip
                key={dip.service}
                dip={dip}
                changed={marks.changes.has(rowKey.dip(dip.service))}
              />
            )}
          />
        </Part>
      )}
      {gains.length > 0 && (
        <Part title="Can run then">
          <More
            items={gains}
            things="service"
            render={({ service, sentence }) => (
              <li key={service} className={styles.line}>
                <Mark mark="ring-open" tone="progress" />
                <p>
                  <About service={service} sentence={sentence} />{' '}
                  <ServiceState service={service} />{' '}
                  {marks.changes.has(rowKey.gain(service)) && <Changed />}
                </p>
              </li>
            )}
          />
        </Part>
      )}
      {quorum && <Quorum quorum={quorum} changed={marks.parts.has('quorum')} />}
      {capacity.length > 0 && (
        <Part title={<>Reserved afterwards {marks.parts.has('capacity') && <Changed />}</>}>
          <Rooms rooms={capacity} />
        </Part>
      )}
    </>
  )
}

function Part({ title, children }: { title: ReactNode; children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id} className={styles.part}>
      <h3 id={id}>{title}</h3>
      {children}
    </section>
  )
}

/** As many as are read one by one. */
const shownFirst = 8

type MoreProps<T> = { items: T[]; things: string; render: (item: T) => ReactNode }

/** The first of many; the rest waits for a press. */
function More<T>({ items, things, render }: MoreProps<T>) {
  const [all, setAll] = useState(false)
  const left = items.length - shownFirst
  return (
    <>
      <ul className={styles.lines}>
        {(all ? items : items.slice(0, shownFirst)).map(render)}
      </ul>
      {left > 0 && !all && (
        <Button onClick={() => setAll(true)}>Show {counted(left, `more ${things}`)}</Button>
      )}
    </>
  )
}

/** A sentence on a service, whose name is a link wherever it stands. */
function About({ service, sentence }: { service: string; sentence: string }) {
  const isNamed = sentence.startsWith(`${service} `)
  return (
    <>
      <Link to="/services/$name" params={{ name: service }}>
        {service}
      </Link>
      {isNamed ? sentence.slice(service.length) : `: ${sentence}`}
    </>
  )
}

function Dip({ dip, changed }: { dip: ServiceDip; changed: boolean }) {
  const { service, running, desired, lowest, settles, sentence, backup, drill } = dip
  const isDown = lowest === 0 && running > 0
  const holdsData = dip.class.startsWith('durable') || dip.class === 'replicas-on-local'
  return (
    <li className={styles.line} data-dip={service} data-lowest={lowest}>
      <Mark
        {...(isDown
          ? { mark: 'diamond-cross', tone: 'critical', label: 'Down meanwhile' }
          : { mark: 'triangle', tone: 'warning', label: 'Fewer meanwhile' })}
      />
      <div>
        <p>
          <About service={service} sentence={sentence} /> <ServiceState service={service} />{' '}
          {changed && <Changed />}
        </p>
        <p className={styles.facts}>
          {running} of {desired} now · at the lowest {lowest} · then{' '}
          {settles < desired ? `at least ${settles}` : settles}
        </p>
        {holdsData && (
          <p className={styles.facts}>
            {backup ? (
              <>
                Backup <Ago at={backup} as="past" />
              </>
            ) : (
              'No backup is recorded'
            )}
            {' · '}
            {drill ? (
              <>
                restore tried <Ago at={drill} as="past" />
              </>
            ) : (
              'no restore drill is recorded'
            )}
          </p>
        )}
      </div>
    </li>
  )
}

function Quorum({ quorum, changed }: { quorum: QuorumOutlook; changed: boolean }) {
  const { managers, managersThen, reachable, reachableThen, needed, tolerates } = quorum
  const holds = reachableThen >= needed
  const facts = [
    { name: 'Managers', value: turn(managers, managersThen) },
    { name: 'Reachable', value: turn(reachable, reachableThen) },
    { name: 'Needed', value: String(needed) },
    { name: 'Can lose then', value: String(tolerates) },
  ]
  return (
    <Part title={<>Managers {changed && <Changed />}</>}>
      <div className={styles.line}>
        <Mark
          {...(!holds
            ? { mark: 'diamond-cross', tone: 'critical' }
            : tolerates === 0
              ? { mark: 'triangle', tone: 'warning' }
              : { mark: 'disc-check', tone: 'ok' })}
        />
        <p>{quorum.sentence}</p>
      </div>
      <dl className={styles.quorum}>
        {facts.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Part>
  )
}

const turn = (now: number, then: number): string =>
  now === then ? String(now) : `${now} → ${then}`
