import { replay, epoch } from '/work/main/server/src/domain/recording.fixture.ts'
import { createProjector } from '/work/main/server/src/domain/projection.ts'
import { transitions } from '/work/main/server/src/domain/transitions.ts'
import { patchBetween } from '/work/main/shared/src/contract/patch.ts'
const name = process.argv[2]
const moments = replay(name)
const p = createProjector()
let last = ''
let before = null
const show = (now, state) => {
  const v = p.project(state, now)
  const t = ((now - epoch)/1000).toFixed(2)
  const line = Object.values(v.services).map(s => `${s.name}: ${s.convergence.verdict} "${s.convergence.sentence}" slots=${s.slots.map(x=>x.status).join(',')} cause=${s.convergence.cause} culprit=${s.convergence.culprit}`).join('\n      ') + '\n      NOW: ' + v.overview.sentence + ' | ' + v.attention.map(a => `[${a.kind}] ${a.title} (${a.detail}; ${a.cause})`).join(' ; ')+ ' | '+v.swarm.sentence + ' | ' + Object.values(v.nodes).filter(n=>n.status!=='ready').map(n=>n.name+': '+n.sentence).join(' ; ')
  if (line !== last) console.log(t, line)
  last = line
  if (before) for (const n of transitions(before, v, '')) console.log('      >>', n.tone, n.sentence)
  before = v
  return v.wakeAt
}
for (const [i, m] of moments.entries()) {
  let wake = show(m.now, m.state)
  const next = moments[i+1]?.now ?? m.now + 700_000
  while (wake !== null && wake < next) wake = show(wake, m.state)
}
