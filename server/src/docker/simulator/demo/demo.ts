import { Random } from '../random.ts'
import { Simulator } from '../simulator.ts'
import { bookOfImages } from './images.ts'
import { MACHINES } from './machines.ts'
import { milliseconds } from './plan.ts'
import { Stage } from './stage.ts'
import { STACKS } from './story.ts'
import { goOn, tellPast } from './tell.ts'

/**
 * The swarm of the demo at the moment its doors open: all that the story tells has happened,
 * and goes on as its clock does. Time stands still until `pacemaker` is given a speed.
 * @param opening in milliseconds since 1970
 */
export function createDemo({
  seed,
  opening,
}: {
  seed: string
  opening: number
}): Simulator {
  const [first, ...others] = MACHINES
  if (!first) throw new Error('A swarm begins with a manager.')
  const { joined, ...plan } = first
  const simulator = new Simulator({
    seed,
    start: opening - milliseconds(joined),
    speed: 0,
    nodes: [plan],
  })
  const { images } = simulator.swarm
  for (const [name, behave] of bookOfImages(new Random(`${seed}/images`))) {
    images.set(name, behave)
  }
  const stage = new Stage(simulator.swarm, opening)
  tellPast(simulator, stage, { machines: others, stacks: STACKS }, opening)
  goOn(simulator, stage, STACKS, new Random(`${seed}/life`))
  return simulator
}
