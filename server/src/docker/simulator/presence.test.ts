import { describe, expect, test } from 'vitest'
import { Story } from './story.fixture.ts'

const OF_W1 = { TaskTemplate: { Placement: { Constraints: ['node.hostname==w1'] } } }

const leaderOf = ({ swarm }: Story) => swarm.managers.leader
const stateOf = (story: Story, hostname: string) => story.node(hostname).Status.State

describe('a machine on its way back', () => {
  test.each(['losePower', 'cutCable', 'leave'] as const)('is stopped: %s', (again) => {
    const story = new Story()
    const { ID } = story.node('w1')
    story.swarm.cutCable(ID)
    story.swarm.bringBack(ID)
    story.pass(0.1)
    story.swarm[again](ID)
    story.pass(30)
    expect(story.swarm.machine(ID).isReachable).toBe(false)
    expect(stateOf(story, 'w1')).toBe('down')
  })

  test('and stopped can be brought back again', () => {
    const story = new Story()
    const { ID } = story.node('w1')
    story.swarm.losePower(ID)
    story.swarm.bringBack(ID)
    story.pass(0.1)
    story.swarm.losePower(ID)
    story.pass(30)
    story.swarm.bringBack(ID)
    story.until(() => stateOf(story, 'w1') === 'ready', 5)
  })
})

describe('a leader that loses its quorum, and has it back before it notices', () => {
  /** Of three managers, until there is a quorum again. */
  function doubt(story: Story, meanwhile: () => void = () => {}): void {
    const leader = leaderOf(story)
    const others = ['m1', 'm2', 'm3']
      .map((name) => story.node(name).ID)
      .filter((id) => id !== leader)
    const [first = ''] = others
    for (const id of others) story.swarm.cutCable(id)
    expect(leaderOf(story)).toBeNull()
    meanwhile()
    story.swarm.bringBack(first)
    story.until(() => leaderOf(story) !== null, 4)
    expect(leaderOf(story)).toBe(leader)
  }

  test('hears what became of the tasks of a node that was away', () => {
    const story = new Story()
    story.swarm.images.set('short', (plain) => ({
      ...plain,
      exit: { after: 1500, code: 3 },
    }))
    const RestartPolicy = { Condition: 'none' }
    const TaskTemplate = { ...OF_W1.TaskTemplate, RestartPolicy }
    story.create('web', { TaskTemplate }, 'short')
    story.until(() => story.running('web').length === 1)
    const { ID } = story.node('w1')
    story.swarm.cutCable(ID)
    doubt(story, () => {
      story.pass(2)
      story.swarm.bringBack(ID)
      story.until(() => story.swarm.machine(ID).isReachable)
    })
    story.pass(10)
    expect(story.tasks('web').map((t) => t.Status.State)).toEqual(['failed'])
    expect(stateOf(story, 'w1')).toBe('ready')
  })

  test('misses a node that went meanwhile, and one that went before no later for it', () => {
    const story = new Story()
    story.swarm.cutCable(story.node('w1').ID)
    doubt(story, () => {
      story.pass(3)
      story.swarm.cutCable(story.node('w2').ID)
      story.pass(3)
    })
    story.until(() => stateOf(story, 'w1') === 'down', 10)
    story.until(() => stateOf(story, 'w2') === 'down', 17)
  })

  test('goes on waiting for nodes that are unknown', () => {
    const story = new Story()
    story.swarm.losePower(story.node('m1').ID)
    story.until(() => leaderOf(story) !== null)
    doubt(story)
    const workers = () => ['w1', 'w2'].map((name) => stateOf(story, name))
    expect(workers()).toContain('unknown')
    story.until(() => workers().every((state) => state === 'ready'), 27)
  })

  test('gives up the tasks of a node that is down when their day is over', () => {
    const story = new Story()
    story.create('db', OF_W1)
    story.until(() => story.running('db').length === 1)
    const [task] = story.tasks('db')
    story.swarm.losePower(story.node('w1').ID)
    story.until(() => stateOf(story, 'w1') === 'down')
    doubt(story)
    story.pass(24 * 3600)
    expect(story.swarm.store.tasks.get(task?.ID ?? '')?.Status.State).toBe('orphaned')
  })
})
