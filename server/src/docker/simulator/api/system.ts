import { parseReference } from '../agent/reference.ts'
import { VERSIONS } from '../version.ts'
import { type Answer, type Call, json } from './call.ts'
import { COMPONENTS, MACHINE_FACTS } from './machine-facts.ts'
import type { Routes } from './router.ts'
import { SIMULATED_LABEL } from './simulation.ts'
import { swarmInfo, swarmWarnings } from './swarm-info.ts'

export const SYSTEM_ROUTES: Routes = {
  'GET /_ping': ping,
  'HEAD /_ping': ping,
  'GET /version': ({ swarm, nodeId }) => json(version(swarm.store.nodes.get(nodeId))),
  'GET /info': (call) => json(info(call)),
  'POST /auth': () => json({ Status: 'Login Succeeded', IdentityToken: '' }),
  'GET /system/df': ({ machine }) => {
    const volumes = [...machine.containers.volumes.values()]
    return json({
      LayersSize: 3_972_545,
      Images: [],
      Containers: [],
      Volumes: volumes.map((volume) => ({
        ...volume,
        UsageData: { RefCount: 0, Size: 0 },
      })),
      BuildCache: [],
    })
  },
  'GET /plugins': () => json([]),
}

/** @see swarm-lab recordings/api-versions-28.txt */
function ping(call: Call): Answer {
  return {
    kind: 'text',
    status: 200,
    body: 'OK',
    type: 'text/plain; charset=utf-8',
    headers: { Swarm: swarmHeader(call), 'Builder-Version': '2' },
  }
}

function swarmHeader({ swarm, nodeId, machine }: Call): string {
  if (machine.hasLeft) return 'inactive'
  if (swarm.managers.isLocked(nodeId)) return 'locked'
  return swarm.managers.members.has(nodeId) ? 'active/manager' : 'active/worker'
}

function version(node: { Description: { Platform: { OS: string } } } | undefined): object {
  const Os = node?.Description.Platform.OS ?? 'linux'
  const about = {
    ApiVersion: VERSIONS.api,
    MinAPIVersion: VERSIONS.minApi,
    Os,
    Arch: 'amd64',
    GitCommit: 'simulated',
    GoVersion: 'none',
    KernelVersion: '6.1.0',
    BuildTime: '2025-10-08T12:17:00.000000000+00:00',
  }
  const engine = { Name: 'Engine', Version: VERSIONS.engine }
  return {
    Platform: { Name: 'Simulated Docker Engine' },
    Components: [
      { ...engine, Details: { ...about, Experimental: 'false' } },
      ...COMPONENTS,
    ],
    Version: VERSIONS.engine,
    ...about,
  }
}

function info(call: Call): object {
  const { swarm, nodeId, machine } = call
  const node = swarm.store.nodes.get(nodeId)
  const containers = machine.containers.all()
  const running = containers.filter(({ isRunning }) => isRunning).length
  const warnings = swarmWarnings(call)
  const { Resources, Platform, Hostname } = node?.Description ?? {}
  return {
    ...MACHINE_FACTS,
    ID: nodeId,
    Name: Hostname ?? '',
    Labels: [SIMULATED_LABEL],
    Containers: containers.length,
    ContainersRunning: running,
    ContainersPaused: 0,
    ContainersStopped: containers.length - running,
    Images: new Set([...machine.images].map((name) => parseReference(name).repository))
      .size,
    Driver: 'overlay2',
    Plugins: {
      Volume: ['local'],
      Network: ['bridge', 'host', 'ipvlan', 'macvlan', 'null', 'overlay'],
      Authorization: null,
      Log: ['json-file', 'local', 'syslog'],
    },
    SystemTime: swarm.store.stamp(),
    LoggingDriver: 'json-file',
    CgroupDriver: 'systemd',
    CgroupVersion: '2',
    KernelVersion: '6.1.0',
    OperatingSystem: 'Simulated swarm',
    OSType: Platform?.OS ?? 'linux',
    Architecture: Platform?.Architecture ?? 'x86_64',
    NCPU: (Resources?.NanoCPUs ?? 0) / 1e9,
    MemTotal: Resources?.MemoryBytes ?? 0,
    IndexServerAddress: 'https://index.docker.io/v1/',
    DockerRootDir: '/var/lib/docker',
    ExperimentalBuild: false,
    ServerVersion: VERSIONS.engine,
    Runtimes: { runc: { path: 'runc' } },
    DefaultRuntime: 'runc',
    Swarm: swarmInfo(call),
    LiveRestoreEnabled: false,
    Isolation: '',
    InitBinary: 'docker-init',
    SecurityOptions: ['name=seccomp,profile=builtin'],
    Warnings: warnings.length > 0 ? warnings : null,
  }
}
