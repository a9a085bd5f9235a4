import { describe, expect, test } from 'vitest'
import type { Network } from '../store/objects.ts'
import { Story } from '../story.fixture.ts'
import { createNetwork } from './networks.ts'

const DNSRR = { EndpointSpec: { Mode: 'dnsrr' } }

function network(story: Story, Name: string, Subnet?: string): Network {
  return story.swarm.store.commit(() =>
    createNetwork(story.swarm, { Name, ...(Subnet && { Subnet }) }),
  )
}

const on = (...networks: Network[]) => ({
  TaskTemplate: { Networks: networks.map(({ ID }) => ({ Target: ID })) },
})

const addressesOf = (story: Story, name: string) =>
  story.service(name).Endpoint.VirtualIPs?.map(({ NetworkID }) => NetworkID) ?? []

describe('the addresses of a network', () => {
  test('are not used up by the updates of a service that has none of its own', () => {
    const story = new Story()
    const net = network(story, 'net')
    story.create('web', { ...on(net), ...DNSRR })
    for (let count = 0; count < 300; count++) {
      story.update('web', () => ({ Labels: { count: `${count}` } }))
      story.pass(0.1)
    }
    story.create('late', on(net))
    story.until(() => story.running('late').length === 1)
    expect(addressesOf(story, 'web')).toEqual([])
  })

  test('are given back when a service goes over to dnsrr, or leaves the network', () => {
    for (const change of [DNSRR, on()]) {
      const story = new Story()
      // One address.
      const narrow = network(story, 'narrow', '10.9.0.0/30')
      const wide = network(story, 'wide')
      const none = { Mode: { Replicated: { Replicas: 0 } } }
      story.create('web', { ...none, ...on(narrow, wide) })
      story.pass(1)
      expect(addressesOf(story, 'web')).toEqual([narrow.ID, wide.ID])
      story.create('late', { ...on(narrow), ...DNSRR })
      story.pass(30)
      expect(story.tasks('late').map(({ Status }) => Status.State)).toEqual(['new'])
      story.update('web', ({ TaskTemplate }) => ({
        ...change,
        TaskTemplate: {
          ...TaskTemplate,
          ...('TaskTemplate' in change && change.TaskTemplate),
        },
      }))
      story.until(() => story.running('late').length === 1)
      expect(addressesOf(story, 'web')).toEqual([])
    }
  })

  test('are kept on the networks where a service stays', () => {
    const story = new Story()
    const [narrow, wide] = [network(story, 'narrow', '10.9.0.0/30'), network(story, 'wide')]
    const none = { Mode: { Replicated: { Replicas: 0 } } }
    story.create('web', { ...none, ...on(narrow, wide) })
    story.pass(1)
    const [kept] = story.service('web').Endpoint.VirtualIPs ?? []
    story.update('web', ({ TaskTemplate }) => ({
      TaskTemplate: { ...TaskTemplate, ...on(narrow).TaskTemplate },
    }))
    story.pass(1)
    expect(story.service('web').Endpoint.VirtualIPs).toEqual([kept])
    story.create('late', { ...on(narrow), ...DNSRR })
    story.pass(30)
    expect(story.tasks('late').map(({ Status }) => Status.State)).toEqual(['new'])
  })
})
