/** The workers: one is drained, one loses its power. What is not to feel it runs elsewhere. */
export const drained = 'w1'
export const victim = 'w2'

export const image = (name: 'web' | 'idle' | 'job' | 'store', tag = 'v1') =>
  `registry.lab:5000/demo/${name}:${tag}`

export type SpecChange = {
  image?: string
  replicas?: number
  container?: object
  template?: object
  [field: string]: unknown
}

/** A service of idle tasks that start and stop at once, on the managers. */
export function serviceSpec(name: string, change: SpecChange = {}) {
  const { image: Image = image('idle'), replicas, container, template, ...rest } = change
  return {
    Name: name,
    Labels: {},
    TaskTemplate: {
      ContainerSpec: { Image, StopGracePeriod: 3e9, ...container },
      RestartPolicy: { Condition: 'any', Delay: 700e6 },
      Placement: { Constraints: ['node.role==manager'] },
      ...template,
    },
    Mode: { Replicated: { Replicas: replicas ?? 1 } },
    ...rest,
  }
}

export const base64 = (text: string) => Buffer.from(text).toString('base64')
