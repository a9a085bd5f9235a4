import type { SpecSummary as Spec } from '@skep/shared/contract/spec-summary'
import { Fact, Facts } from '../../ui/Facts.tsx'
import { ImageRef } from '../../ui/ImageRef.tsx'
import { Section } from '../../ui/Section.tsx'
import { Split } from '../../ui/Split.tsx'
import { CodeList } from './CodeList.tsx'
import { PaceFacts } from './PaceFacts.tsx'
import { resourceWords, restartWords, seconds } from './spec-words.ts'

/** A spec for reading, in the order people ask about it. */
export function SpecSummary({ spec }: { spec: Spec }) {
  return (
    <Split
      aside={
        <>
          <Section title="Update">
            <PaceFacts pace={spec.update} />
          </Section>
          <Section title="Rollback">
            <PaceFacts pace={spec.rollback}>
              <Fact name="Brings back">
                {spec.rollbackTarget ? (
                  <ImageRef reference={spec.rollbackTarget.image} length={64} />
                ) : (
                  'nothing: the swarm remembers no previous spec'
                )}
              </Fact>
            </PaceFacts>
          </Section>
          <Section title="Restart">
            <Facts>
              <Fact name="Condition">{restartWords(spec.restart)}</Fact>
              <Fact name="Delay">{seconds(spec.restart.delayNs)}</Fact>
              <Fact name="Stop grace">{seconds(spec.stopGraceNs)}</Fact>
            </Facts>
          </Section>
          <Section title="Labels">
            <CodeList
              none="No labels."
              items={Object.entries(spec.labels).map(([key, value]) => `${key}=${value}`)}
            />
          </Section>
        </>
      }
    >
      <Section title="Container">
        <Container spec={spec} />
      </Section>
      <Section
        title="Environment"
        note="Names only. Values are hidden: they never leave the server."
      >
        <CodeList none="No variables in the spec." items={spec.environment} />
      </Section>
      <Section title="Placement">
        <Facts>
          <Fact name="Constraints">
            <CodeList plain none="none" items={spec.constraints} />
          </Fact>
          <Fact name="Preferences">
            <CodeList plain none="none" items={spec.preferences} />
          </Fact>
          <Fact name="Most on a node">{spec.maxReplicasPerNode ?? 'no limit'}</Fact>
          <Fact name="Reserved">{resourceWords(spec.reservations)}</Fact>
          <Fact name="Limits">{resourceWords(spec.limits)}</Fact>
        </Facts>
      </Section>
      <Section title="Files and networks">
        <Attached spec={spec} />
      </Section>
    </Split>
  )
}

function Container({ spec }: { spec: Spec }) {
  const { image, command, commandHidden, user, workingDirectory, hostname } = spec
  return (
    <Facts>
      <Fact name="Image">
        <ImageRef reference={image} length={64} />
      </Fact>
      <Fact name="Command">
        {command.length > 0 ? <code>{command.join(' ')}</code> : 'of the image'}
        {commandHidden && ' (what looks like a credential is masked)'}
      </Fact>
      <Fact name="Health check">
        {spec.healthCheck ? <code>{spec.healthCheck}</code> : 'none in the spec'}
      </Fact>
      <Fact name="User">{user && <code>{user}</code>}</Fact>
      <Fact name="Directory">{workingDirectory && <code>{workingDirectory}</code>}</Fact>
      <Fact name="Host name">{hostname && <code>{hostname}</code>}</Fact>
      <Fact name="Root file system">{spec.readOnlyRoot ? 'read-only' : 'writable'}</Fact>
    </Facts>
  )
}

function Attached({ spec: { mounts, secrets, configs, networks } }: { spec: Spec }) {
  return (
    <Facts>
      <Fact name="Mounts">
        <CodeList plain none="none" items={mounts.map(mountWords)} />
      </Fact>
      <Fact name="Secrets">
        <CodeList plain none="none" items={secrets.map(referenceWords)} />
      </Fact>
      <Fact name="Configs">
        <CodeList plain none="none" items={configs.map(referenceWords)} />
      </Fact>
      <Fact name="Networks">
        <CodeList plain none="none besides the default" items={networks} />
      </Fact>
    </Facts>
  )
}

const mountWords = ({ type, source, target, readOnly, driver }: Spec['mounts'][number]) =>
  [
    `${type} ${source ?? '(anonymous)'} → ${target}`,
    readOnly ? 'read-only' : null,
    driver && driver !== 'local' ? driver : null,
  ]
    .filter((part) => part !== null)
    .join(', ')

const referenceWords = ({ name, target }: Spec['secrets'][number]) =>
  target ? `${name} → ${target}` : name
