import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Stage } from './stories/story.ts'
import { cleaned } from './transcript.ts'

const COMPOSE = `
services:
  front:
    image: registry.lab:5000/demo/web:v1
    environment: { BEAT: "1" }
    networks: [inner]
    secrets: [key]
    configs: [{ source: settings, target: /settings }]
    deploy:
      replicas: 2
      placement: { constraints: [node.role==manager] }
      update_config: { parallelism: 1, monitor: 500ms }
  back:
    image: registry.lab:5000/demo/idle:v1
    networks: [inner]
    deploy:
      placement: { constraints: [node.role==manager] }
      update_config: { parallelism: 1, monitor: 500ms }
networks:
  inner: {}
secrets:
  key: { file: ./key }
configs:
  settings: { file: ./settings }
`

const placed = '--constraint node.role==manager --restart-delay 700ms'
const quick = `${placed} --stop-grace-period 3s --update-monitor 500ms --rollback-monitor 500ms`
const lab = 'registry.lab:5000/demo'
const waiting = '--detach=false'

/** What somebody does at terminals, side by side. FOLDER is where the files are. */
const commands = {
  services: [
    'version --format {{.Server.Os}}_{{.Server.Arch}}',
    'info --format {{.Swarm.LocalNodeState}}_{{.Swarm.Managers}}_{{.Swarm.Nodes}}',
    `service create ${waiting} --name solo --replicas 2 ${quick} --env BEAT=1 ${lab}/web:v1`,
    `service create --name solo ${lab}/idle:v1`,
    'service ls --filter name=solo',
    'service ps solo',
    'service ps solo nobody',
    'service inspect --pretty solo',
    'service inspect nobody',
    `service update ${waiting} --image ${lab}/web:v2 solo`,
    'service ps solo',
    'service inspect --pretty solo',
    `service rollback ${waiting} solo`,
    'service ps solo',
    'service inspect --format {{.UpdateStatus.State}} solo',
    `service scale ${waiting} solo=3`,
    'service scale nobody=2',
    `service update ${waiting} --image ${lab}/web:nosuchtag solo`,
    'service inspect --pretty solo',
    'service rm solo',
    'service rm solo',
    'service update --image x nobody',
  ],
  'other modes': [
    `service create ${waiting} --name cli-global --mode global ${quick} ${lab}/idle:v1`,
    `service create ${waiting} --name cli-job --mode replicated-job ${placed} --restart-condition none ${lab}/job:v1`,
    'service ls --filter mode=global --filter name=cli-',
    'service ls --filter name=cli-job',
    'service ps cli-global',
    'service ps cli-job',
    'service inspect --pretty cli-job',
    'service logs --raw --tail 1 cli-job',
    'service logs --tail 1 cli-job',
    'service logs nobody',
    'service rollback cli-global',
    'service scale cli-global=2',
    'service rm cli-global cli-job',
  ],
  stored: [
    'network create --driver overlay cli-net',
    'secret create cli-secret FOLDER/key',
    'secret create cli-secret FOLDER/key',
    'secret ls --filter name=cli',
    'secret inspect cli-secret',
    'secret inspect --pretty cli-secret',
    `service create ${waiting} --name cli-user ${quick} --secret cli-secret ${lab}/idle:v1`,
    'service inspect --pretty cli-user',
    'secret rm cli-secret',
    `service update ${waiting} --secret-rm cli-secret cli-user`,
    'secret rm cli-secret',
    'secret rm cli-secret',
    'config create --label a=b cli-config FOLDER/settings',
    'config ls --filter name=cli',
    'config inspect cli-config',
    'config inspect --pretty cli-config',
    'config rm cli-config',
    'config rm cli-config',
    'service rm cli-user',
    'network ls --filter name=cli-net',
    'network rm cli-net',
    'network rm cli-net',
  ],
  stack: [
    `stack deploy ${waiting} -c FOLDER/stack.yml shop`,
    'stack ls',
    'stack services shop',
    'stack ps shop',
    `stack deploy ${waiting} -c FOLDER/stack.yml shop`,
    'stack rm shop',
  ],
  nodes: [
    'node ls',
    'node ls --filter role=worker --format {{.Hostname}}_{{.Status}}',
    'node inspect --pretty w2',
    'node inspect --pretty m2',
    'node inspect nobody',
    'node ps w2',
    'node ps nobody',
    'node update --availability drain w2',
    'node ls --filter name=w2',
    'node inspect --pretty w2',
    'node update --availability active w2',
    'node update --label-add a=b w2',
    'node inspect --format {{.Spec.Labels}} w2',
    'node update --label-rm a w2',
    'node update --label-rm a w2',
    'node promote m2',
    'node demote w2',
    'node rm w2',
    'node rm nobody',
    'swarm join-token --quiet worker',
    'swarm unlock-key',
  ],
} as const satisfies Record<string, readonly string[]>

type SessionName = keyof typeof commands
// Keys of an object literal are what its type says they are.
export const sessions = Object.keys(commands) as SessionName[]

/** The docker command itself, asking the first manager; each command is a call. */
export async function dockerSession({ session }: Stage, name: SessionName): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'skep-docker-'))
  try {
    await writeFile(join(folder, 'stack.yml'), COMPOSE)
    await writeFile(join(folder, 'key'), 'a key')
    await writeFile(join(folder, 'settings'), 'a=b')
    for (const [index, command] of commands[name].entries()) {
      const args = command.replaceAll('FOLDER', folder).split(' ')
      const said = await run(`unix://${session.target.socket('m1')}`, folder, args)
      const words = session.words(said.replaceAll(folder, 'FOLDER'))
      const number = String(index + 1).padStart(2, '0')
      session.tell(`docker, ${name} ${number}: docker ${command}`, cleaned(words))
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function run(host: string, home: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    const env = { ...process.env, DOCKER_HOST: host, DOCKER_CONFIG: home, HOME: home }
    execFile('docker', [...args], { env, timeout: 90_000 }, (error, stdout, stderr) => {
      const code = error ? `\nexit ${error.killed ? 'after 90 s' : error.code}` : ''
      resolve(`${stdout}\n${stderr}${code}`)
    })
  })
}
