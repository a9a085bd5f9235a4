import { expect, test, vi } from 'vitest'
import { Story } from './story.fixture.ts'

const nodes = Array.from({ length: 20 }, (_, index) => ({
  hostname: `n${index}`,
  ...(index < 3 && { role: 'manager' as const }),
}))

test('nothing on the path of a change walks all tasks or all services', () => {
  const story = new Story({ nodes })
  const { tasks, services } = story.swarm.store
  for (let index = 0; index < 40; index++) {
    story.create(`s${index}`, { Mode: { Replicated: { Replicas: 10 } } })
  }
  story.until(() => tasks.size === 400 && story.running('s39').length === 10)
  const walks = [
    vi.spyOn(tasks, 'values'),
    vi.spyOn(tasks, 'sorted'),
    vi.spyOn(services, 'values'),
    vi.spyOn(services, 'sorted'),
  ]
  story.setImage('s0', 'demo/web:v2')
  story.update('s1', () => ({ Mode: { Replicated: { Replicas: 12 } } }))
  story.setNode('n5', { Availability: 'drain' })
  story.swarm.losePower(story.node('n6').ID)
  story.until(() => story.service('s0').UpdateStatus?.State === 'completed', 200)
  story.until(() => story.running('s1').length === 12)
  for (const walk of walks) expect(walk).not.toHaveBeenCalled()
})
