import type { Session } from '../session.ts'
import { image } from '../specs.ts'
import { fullSpec } from './full-spec.ts'

/** Services that say all that can be said, and what the engine makes of it. */
export async function fullServices(session: Session): Promise<void> {
  const none = { Mode: { Replicated: { Replicas: 0 } } }
  const small = {
    Name: 'small',
    TaskTemplate: { ContainerSpec: { Image: image('idle') } },
    ...none,
  }
  const modes: Record<string, object> = {
    'mode-none': {},
    'mode-replicated': { Mode: { Replicated: {} } },
    'mode-global': { Mode: { Global: {} } },
    'mode-replicated-job': { Mode: { ReplicatedJob: {} } },
    'mode-global-job': { Mode: { GlobalJob: {} } },
  }
  const unplaced = { Placement: { Constraints: ['node.hostname==nowhere'] } }
  const specs: Record<string, object> = {
    full: fullSpec,
    small,
    ...Object.fromEntries(
      Object.entries(modes).map(([name, mode]) => [
        name,
        {
          Name: name,
          TaskTemplate: { ...small.TaskTemplate, ...unplaced },
          ...mode,
        },
      ]),
    ),
  }
  for (const [name, spec] of Object.entries(specs))
    await session.say(`service create, ${name}`, 'POST', '/services/create', spec)
  for (const name of Object.keys(specs)) {
    await session.say(`service inspect, ${name}`, 'GET', `/services/${name}`)
    await session.say(
      `service inspect with defaults, ${name}`,
      'GET',
      `/services/${name}?insertDefaults=true`,
    )
    await session.ask('DELETE', `/services/${name}`)
  }
}
