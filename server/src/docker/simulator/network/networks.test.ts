import { expect, test } from 'vitest'
import type { Network } from '../store/objects.ts'
import { Story } from '../story.fixture.ts'
import { createNetwork, type NetworkPlan } from './networks.ts'

const VXLAN = 'com.docker.network.driver.overlay.vxlanid_list'

const make = (story: Story, Name: string, plan: Partial<NetworkPlan> = {}) =>
  createNetwork(story.swarm, { Name, ...plan })
const remove = (story: Story, { ID }: Network) => story.swarm.store.remove('network', ID)
const subnets = (...networks: Network[]) => networks.map(({ Subnet }) => Subnet)
const vxlans = (...networks: Network[]) => networks.map(({ Options }) => Options[VXLAN])

test('a subnet that was given back is the next one, a VXLAN id is not', () => {
  const story = new Story()
  const [a, b] = [make(story, 'a'), make(story, 'b')]
  expect(subnets(a, b)).toEqual(['10.0.1.0/24', '10.0.2.0/24'])
  expect(vxlans(a, b)).toEqual(['4097', '4098'])
  remove(story, a)
  const [c, d] = [make(story, 'c'), make(story, 'd')]
  expect(subnets(c, d)).toEqual(['10.0.1.0/24', '10.0.3.0/24'])
  expect(vxlans(c, d)).toEqual(['4099', '4100'])
  expect(c.Gateway).toBe('10.0.1.1')
  remove(story, d)
  expect(vxlans(make(story, 'e'))).toEqual(['4101'])
})

test('none is given that overlaps with one that was chosen', () => {
  const story = new Story()
  make(story, 'wide', { Subnet: '10.0.1.0/23' })
  make(story, 'narrow', { Subnet: '10.0.3.128/28' })
  make(story, 'crooked', { Subnet: '10.0.5.7/24' })
  make(story, 'other', { Subnet: 'fd00::/64', Options: { [VXLAN]: '4100,4101' } })
  const made = ['a', 'b', 'c'].map((name) => make(story, name))
  expect(subnets(...made)).toEqual(['10.0.2.0/24', '10.0.4.0/24', '10.0.6.0/24'])
  expect(vxlans(...made)).toEqual(['4102', '4103', '4104'])
})

test('the 257th is in the next block', () => {
  const story = new Story()
  const made = Array.from({ length: 257 }, (_, index) => make(story, `net-${index}`))
  expect(subnets(...made).slice(253)).toEqual([
    '10.0.254.0/24',
    '10.0.255.0/24',
    '10.1.0.0/24',
    '10.1.1.0/24',
  ])
  expect(new Set(subnets(...made)).size).toBe(257)
})

test('where all is chosen nothing is given, and tasks wait', () => {
  const story = new Story()
  make(story, 'all', { Subnet: '10.0.0.0/8' })
  const late = make(story, 'late')
  expect([late.Subnet, late.Gateway]).toEqual(['', ''])
  story.create('web', { TaskTemplate: { Networks: [{ Target: late.ID }] } })
  story.pass(30)
  expect(story.tasks('web').map(({ Status }) => Status.State)).toEqual(['new'])
})

test("an engine's own networks have another pool, and no VXLAN id", () => {
  const story = new Story()
  const own = make(story, 'own', { Scope: 'local', Driver: 'bridge' })
  expect([own.Subnet, own.Options]).toEqual(['172.19.0.0/16', {}])
  const overlay = make(story, 'a')
  expect([...subnets(overlay), ...vxlans(overlay)]).toEqual(['10.0.1.0/24', '4097'])
})
