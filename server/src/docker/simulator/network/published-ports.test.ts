import { describe, expect, test } from 'vitest'
import type { Port } from '../store/specs.ts'
import { Story } from '../story.fixture.ts'

const port = (TargetPort: number, PublishedPort?: number, more: Partial<Port> = {}) => ({
  TargetPort,
  ...(PublishedPort !== undefined && { PublishedPort }),
  ...more,
})
const on = (...Ports: Port[]) => ({
  Mode: { Replicated: { Replicas: 1 } },
  EndpointSpec: { Ports },
})
const HOST = { PublishMode: 'host' } as const

function publish(story: Story, name: string, ...ports: Port[]): void {
  story.create(name, on(...ports))
  story.pass(1)
}

function republish(story: Story, name: string, ...ports: Port[]): void {
  story.update(name, () => on(...ports))
  story.pass(1)
}

const numbers = (story: Story, name: string) =>
  story.service(name).Endpoint.Ports?.map(({ PublishedPort }) => PublishedPort) ?? []

const remove = (story: Story, name: string) => {
  story.swarm.store.remove('service', story.service(name).ID)
  story.pass(1)
}

describe('a number that nobody asked for', () => {
  test('is none that another service asked for', () => {
    const story = new Story()
    publish(story, 'a', port(80, 30_000))
    publish(story, 'b', port(80))
    expect(numbers(story, 'b')).toEqual([30_001])
  })

  test('may be that of another protocol, or of the hosts', () => {
    const story = new Story()
    publish(story, 'a', port(53, 30_000, { Protocol: 'udp' }))
    publish(story, 'b', port(80, 30_000, HOST))
    publish(story, 'c', port(80))
    expect(numbers(story, 'c')).toEqual([30_000])
  })

  test('is not given away with the host port of a service that goes', () => {
    const story = new Story()
    publish(story, 'host', port(80, 30_000, HOST))
    publish(story, 'a', port(80))
    remove(story, 'host')
    publish(story, 'b', port(80))
    expect([numbers(story, 'a'), numbers(story, 'b')]).toEqual([[30_000], [30_001]])
  })

  test('goes upwards, and comes again when all others had their turn', () => {
    const story = new Story()
    publish(story, 'a', port(80))
    republish(story, 'a')
    expect(numbers(story, 'a')).toEqual([])
    republish(story, 'a', port(80))
    expect(numbers(story, 'a')).toEqual([30_001])
    const others = Array.from({ length: 2767 }, (_, index) => port(index + 1))
    publish(story, 'b', ...others)
    expect(numbers(story, 'b').slice(-2)).toEqual([32_767, 30_000])
  })

  test('is kept as long as the count of ports is', () => {
    const story = new Story()
    publish(story, 'a', port(80), port(81, 8081))
    expect(numbers(story, 'a')).toEqual([30_000, 8081])
    story.update('a', () => ({ Labels: { touched: 'yes' } }))
    story.pass(1)
    expect(numbers(story, 'a')).toEqual([30_000, 8081])
    republish(story, 'a', port(81), port(80))
    expect(numbers(story, 'a')).toEqual([8081, 30_000])
    republish(story, 'a', port(82), port(80))
    expect(numbers(story, 'a')).toEqual([30_001, 30_000])
    republish(story, 'a', port(80))
    expect(numbers(story, 'a')).toEqual([30_002])
  })
})

describe('a number that is asked for', () => {
  test('is free again when an update gives it up', () => {
    const story = new Story()
    publish(story, 'a', port(80, 8080))
    republish(story, 'a')
    expect(story.service('a').Endpoint.Ports).toBeUndefined()
    publish(story, 'b', port(80, 8080))
    story.until(() => story.running('b').length === 1)
    expect(numbers(story, 'b')).toEqual([8080])
  })

  test('is waited for, where it has been taken since: a rollback is not checked', () => {
    const story = new Story()
    publish(story, 'a', port(80, 8080))
    republish(story, 'a')
    publish(story, 'b', port(80, 8080))
    story.rollBack('a')
    story.pass(30)
    const states = () => story.tasks('a').map(({ Status }) => Status.State)
    expect(numbers(story, 'a')).toEqual([])
    expect(states()).toContain('new')
    remove(story, 'b')
    story.until(() => story.running('a').length === 1)
    expect(numbers(story, 'a')).toEqual([8080])
    expect(states()).not.toContain('new')
  })
})
