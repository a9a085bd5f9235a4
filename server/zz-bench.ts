import { createProjector } from './src/domain/projection.ts'
import { aNode, aService, aState, aTask } from './src/domain/entities.fixture.ts'
import { patchBetween } from '/work/main/shared/src/contract/patch.ts'
const now = 1.8e12
for (const [S, R] of [[200, 25], [200, 50], [1, 2000]]) {
const services = Array.from({length: S}, (_, i) => aService({id: `s${i}`, name: `s${i}`, mode: {kind:'replicated', replicas: R}}))
const nodes = Array.from({length: 50}, (_, i) => aNode({id: `n${i}`}))
const tasks = services.flatMap((s, i) => Array.from({length: R}, (_, k) => aTask({id: `${s.id}t${k}`, serviceId: s.id, slot: k+1, nodeId: `n${(i+k)%50}`})))
let state = aState({services, nodes, tasks})
const p = createProjector()
let t = performance.now(); let v = p.project(state, now); console.log(S, R, 'first', (performance.now()-t).toFixed(1))
const times = []
for (let i = 0; i < 300; i++) {
  const task = {...tasks[(i*37)%tasks.length], message: `x${i}`}
  const by = (g, k) => new Map(g).set(k, new Map(g.get(k)).set(task.id, task))
  state = {...state, tasksByService: by(state.tasksByService, task.serviceId), tasksByNode: by(state.tasksByNode, task.nodeId)}
  t = performance.now(); const w = p.project(state, now + i); 
  times.push(performance.now()-t)
  const changed = w.services[services.find(s=>s.id===task.serviceId).name].slots.filter((s, k) => s !== v.services[services.find(s=>s.id===task.serviceId).name].slots[k]).length
  if (changed !== 1) throw new Error('' + changed)
  v = w
}
times.sort((a,b)=>a-b); console.log('one task: median', times[150].toFixed(2), 'p95', times[285].toFixed(2))
t = performance.now(); for (let i=0;i<100;i++) p.project(state, now+1000+i); console.log('nothing', ((performance.now()-t)/100).toFixed(3))
}
