import { setTimeout } from 'node:timers/promises'
import { Engine } from './truth/engine.ts'

type Container = { Secrets?: { SecretID: string }[]; Configs?: { ConfigID: string }[] }
type Spec = { TaskTemplate: { ContainerSpec?: Container } }
type Service = { Spec: Spec & { Name: string }; PreviousSpec?: Spec }

/** What the engine tells at one moment, as far as one refers to the other. */
export type References = {
  services: Service[]
  secrets: { ID: string }[]
  configs: { ID: string }[]
}

/** Every spec and rollback target that names a secret or config which is not there. */
export function dangling({ services, secrets, configs }: References): string[] {
  // An id is of one object only, whatever its kind.
  const there = new Set([...secrets, ...configs].map(({ ID }) => ID))
  return services.flatMap((service) =>
    (['Spec', 'PreviousSpec'] as const).flatMap((which) =>
      idsIn(service[which])
        .filter((id) => !there.has(id))
        .map(() => `${which} of ${service.Spec.Name}`),
    ),
  )
}

const idsIn = (spec?: Spec): string[] => {
  const { Secrets = [], Configs = [] } = spec?.TaskTemplate.ContainerSpec ?? {}
  return [
    ...Secrets.map(({ SecretID }) => SecretID),
    ...Configs.map(({ ConfigID }) => ConfigID),
  ]
}

/**
 * Looks at a manager's own lists four times a second until it is stopped, and answers then
 * how often it looked and what it ever found dangling. Services are read before what they
 * name: that was created earlier, so a list that is younger has it.
 */
export function watchReferences(socket: string): {
  look(): Promise<References>
  stop(): Promise<{ looks: number; found: string[] }>
} {
  const engine = new Engine(socket)
  const found = new Set<string>()
  let looks = 0
  let isOver = false

  async function look(): Promise<References> {
    // The engine's own shapes.
    const services = (await engine.ask('GET', '/services')) as Service[]
    const secrets = (await engine.ask('GET', '/secrets')) as { ID: string }[]
    const configs = (await engine.ask('GET', '/configs')) as { ID: string }[]
    return { services, secrets, configs }
  }

  async function watch() {
    while (!isOver) {
      for (const one of dangling(await look())) found.add(one)
      looks += 1
      await setTimeout(250)
    }
  }

  const watching = watch()
  // Whoever stops it hears of it.
  watching.catch(() => {})
  return {
    look,
    async stop() {
      isOver = true
      await watching.finally(() => engine.close())
      return { looks, found: [...found] }
    },
  }
}
