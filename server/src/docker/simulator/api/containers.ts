import type { Container, Volume } from '../agent/containers.ts'
import type { Labels } from '../store/specs.ts'
import { type Call, flag, json, NO_CONTENT } from './call.ts'
import { stateOf, statusOf } from './container-status.ts'
import { fieldsOf, labelsOf, textOf } from './fields.ts'
import { filtersOf, matchesLabels, matchesPrefix } from './filters.ts'
import { imageIdOf } from './images.ts'
import { Problem } from './problem.ts'
import type { Routes } from './router.ts'

const ANONYMOUS = 'com.docker.volume.anonymous'

/** Containers and volumes of the one engine that is asked. */
export const CONTAINER_ROUTES: Routes = {
  'GET /containers/json': ({ machine, nodeId, query, swarm }) => {
    const known = [
      'id',
      'name',
      'label',
      'status',
      'network',
      'volume',
      'ancestor',
      'health',
    ]
    const filters = filtersOf(query, known)
    const found = machine.containers.all().filter((container) => {
      return (
        (flag(query, 'all') || container.isRunning) &&
        matchesPrefix(filters.get('id'), container.id) &&
        matchesLabels(filters.get('label'), labelsOfContainer(container, nodeId)) &&
        (filters.get('name') ?? ['']).some((name) => container.name.includes(name)) &&
        (filters.get('status')?.includes(stateOf(container)) ?? true)
      )
    })
    return json(found.map((container) => summary(container, nodeId, swarm.clock.now)))
  },

  'GET /containers/{}/json': ({ machine, nodeId, params: [text = ''] }) =>
    json(details(pick(machine.containers.all(), text), nodeId)),

  'GET /volumes': ({ machine, query }) => {
    const filters = filtersOf(query, ['name', 'label', 'driver', 'dangling'])
    const found = [...machine.containers.volumes.values()].filter(
      ({ Name, Labels, Driver }) =>
        (filters.get('name') ?? ['']).some((text) => Name.includes(text)) &&
        matchesLabels(filters.get('label'), Labels) &&
        (filters.get('driver')?.includes(Driver) ?? true),
    )
    return json({ Volumes: found.map(volumeShown), Warnings: null })
  },

  'GET /volumes/{}': (call) => json(volumeShown(volumeOf(call))),

  'POST /volumes/create': ({ machine, body, swarm }) => {
    const sent = fieldsOf(body)
    const Name = textOf(sent.Name) || swarm.random.hex(64)
    checkVolume(Name, textOf(sent.Driver))
    const made: Volume = {
      Name,
      Driver: textOf(sent.Driver) || 'local',
      Labels: orNull(
        sent.Name ? sent.Labels : { ...fieldsOf(sent.Labels), [ANONYMOUS]: '' },
      ),
      Options: orNull(sent.DriverOpts),
      CreatedAt: `${new Date(swarm.clock.now).toISOString().slice(0, 19)}Z`,
    }
    const volume = machine.containers.volumes.get(Name) ?? made
    machine.containers.volumes.set(Name, volume)
    return json(volumeShown(volume), 201)
  },

  'DELETE /volumes/{}': (call) => {
    const { Name } = volumeOf(call)
    const { containers } = call.machine
    const users = containers
      .all()
      .filter(({ task }) =>
        (task.Spec.ContainerSpec?.Mounts ?? []).some(({ Source }) => Source === Name),
      )
    if (users.length > 0) {
      const ids = users.map(({ id }) => id).join(', ')
      throw new Problem(409, `remove ${Name}: volume is in use - [${ids}]`)
    }
    containers.volumes.delete(Name)
    return NO_CONTENT
  },
}

function pick(containers: readonly Container[], text: string): Container {
  const found = containers.find(({ id, name }) => id.startsWith(text) || name === text)
  if (!found) throw new Problem(404, `No such container: ${text}`)
  return found
}

/** A manager looks for it among those of the cluster as well, and has its own words. */
function volumeOf({ swarm, nodeId, machine, params: [name = ''] }: Call): Volume {
  const volume = machine.containers.volumes.get(name)
  if (volume) return volume
  const isManager = swarm.managers.isManager(nodeId)
  throw new Problem(
    404,
    isManager ? `volume ${name} not found` : `get ${name}: no such volume`,
  )
}

/** @see moby/moby volume/service, volume/local/local.go */
function checkVolume(name: string, driver: string): void {
  if (driver !== '' && driver !== 'local') {
    throw new Problem(
      404,
      `create ${name}: error looking up volume plugin ${driver}: plugin "${driver}" not found`,
    )
  }
  if (/^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/.test(name)) return
  throw new Problem(
    400,
    `create ${name}: "${name}" includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path`,
  )
}

/** @see swarm-lab recordings/volumes-m1-w1-28.json */
function volumeShown(volume: Volume): object {
  const Mountpoint = `/var/lib/docker/volumes/${volume.Name}/_data`
  return { ...volume, Mountpoint, Scope: 'local' }
}

function orNull(value: unknown): Labels | null {
  const labels = labelsOf(value)
  return Object.keys(labels).length > 0 ? labels : null
}

/** @see moby/moby daemon/cluster/executor/container/container.go labels */
function labelsOfContainer({ name, task }: Container, nodeId: string): Labels {
  return {
    ...task.Spec.ContainerSpec?.Labels,
    'com.docker.swarm.node.id': nodeId,
    'com.docker.swarm.service.id': task.ServiceID,
    'com.docker.swarm.service.name': task.hidden.serviceName,
    'com.docker.swarm.task': '',
    'com.docker.swarm.task.id': task.ID,
    'com.docker.swarm.task.name': name,
  }
}

function summary(container: Container, nodeId: string, now: number): object {
  const { id, name, task, createdAt } = container
  return {
    Id: id,
    Names: [`/${name}`],
    Image: task.Spec.ContainerSpec?.Image ?? '',
    ImageID: imageIdOf(task.Spec.ContainerSpec?.Image ?? ''),
    Command: (task.Spec.ContainerSpec?.Args ?? ['run']).join(' '),
    Created: Math.floor(createdAt / 1000),
    Ports: [],
    Labels: labelsOfContainer(container, nodeId),
    State: stateOf(container),
    Status: statusOf(container, now),
    HostConfig: { NetworkMode: 'bridge' },
    NetworkSettings: { Networks: {} },
    Mounts: [],
  }
}

function details(container: Container, nodeId: string): object {
  const { id, name, task, createdAt, startedAt, endedAt, exitCode, pid } = container
  const date = (at: number | null) =>
    at === null ? '0001-01-01T00:00:00Z' : new Date(at).toISOString()
  return {
    Id: id,
    Name: `/${name}`,
    Created: date(createdAt),
    Image: imageIdOf(task.Spec.ContainerSpec?.Image ?? ''),
    State: {
      Status: stateOf(container),
      Running: container.isRunning,
      Paused: false,
      Restarting: false,
      OOMKilled: exitCode === 137,
      Dead: false,
      Pid: container.isRunning ? pid : 0,
      ExitCode: exitCode ?? 0,
      Error: '',
      StartedAt: date(startedAt),
      FinishedAt: date(endedAt),
    },
    Config: {
      Image: task.Spec.ContainerSpec?.Image ?? '',
      Labels: labelsOfContainer(container, nodeId),
      Tty: task.Spec.ContainerSpec?.TTY === true,
    },
    HostConfig: { NetworkMode: 'default' },
    Mounts: [],
    NetworkSettings: { Networks: {} },
  }
}
