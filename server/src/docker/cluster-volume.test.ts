import { describe, expect, test } from 'vitest'
import { volumesOf } from './answers.ts'
import type { EngineClusterVolume } from './engine.ts'
import { DockerError } from './errors.ts'

/** As recorded from an engine 28.5.2; no driver has made it. @see swarm-lab csi-28.txt */
const recorded = {
  ClusterVolume: {
    ID: 'iukhpn8yf0rcv7ul3iwy0xl5z',
    Version: { Index: 1774 },
    CreatedAt: '2026-11-21T08:27:19.113205144Z',
    UpdatedAt: '2026-11-21T08:27:19.113205144Z',
    Spec: {
      Group: 'g',
      AccessMode: { Scope: 'single', Sharing: 'none', MountVolume: { FsType: 'ext4' } },
      CapacityRange: { RequiredBytes: 1000000000, LimitBytes: 2000000000 },
      Availability: 'active',
    },
  },
  CreatedAt: '2026-11-21 08:27:19.113205144 +0000 UTC',
  Driver: 'my-csi',
  Labels: null,
  Mountpoint: '',
  Name: 'csivol',
  Options: null,
  Scope: 'global',
}

const only = (volume: object): EngineClusterVolume | undefined =>
  volumesOf({ Volumes: [volume], Warnings: null }).Volumes[0]?.ClusterVolume

describe('a cluster volume', () => {
  test('as recorded', () => {
    expect(only(recorded)).toEqual({
      ID: 'iukhpn8yf0rcv7ul3iwy0xl5z',
      Version: { Index: 1774 },
      Spec: {
        Group: 'g',
        AccessMode: { Scope: 'single', Sharing: 'none', MountVolume: { FsType: 'ext4' } },
        Secrets: [],
        Availability: 'active',
      },
      PublishStatus: [],
    })
  })

  test('is read without what its driver keeps for itself', () => {
    const ClusterVolume = {
      ...recorded.ClusterVolume,
      Spec: {
        ...recorded.ClusterVolume.Spec,
        AccessMode: {
          Scope: 'multi',
          Sharing: 'all',
          MountVolume: { FsType: 'cifs', MountFlags: ['password=hunter2'] },
        },
        Secrets: [{ Key: 'password', Secret: 'secret-id' }],
      },
      PublishStatus: [
        { NodeID: 'n1', State: 'published', PublishContext: { token: 'hunter2' } },
      ],
      Info: {
        CapacityBytes: 7,
        VolumeID: 'vol-1',
        VolumeContext: { password: 'hunter2' },
        AccessibleTopology: [{ Segments: { zone: 'z1' } }, {}],
      },
    }
    const read = only({ ...recorded, ClusterVolume })
    expect(read?.Info).toEqual({
      CapacityBytes: 7,
      VolumeID: 'vol-1',
      AccessibleTopology: [{ Segments: { zone: 'z1' } }, { Segments: {} }],
    })
    expect(read?.PublishStatus).toEqual([{ NodeID: 'n1', State: 'published' }])
    expect(read?.Spec.Secrets).toEqual([{ Key: 'password', Secret: 'secret-id' }])
    expect(JSON.stringify(read)).not.toContain('hunter2')
  })

  test('of another form is read as far as it goes', () => {
    const ClusterVolume = {
      ID: 'v',
      Version: { Index: 1 },
      Spec: { AccessMode: 'all', Secrets: 'none', Group: 7, Availability: null },
      PublishStatus: [null, 'n1'],
      Info: { CapacityBytes: 'much', VolumeID: 7, AccessibleTopology: { zone: 'z1' } },
    }
    expect(only({ ...recorded, ClusterVolume })).toEqual({
      ID: 'v',
      Version: { Index: 1 },
      Spec: {
        Group: '',
        AccessMode: { Scope: '', Sharing: '' },
        Secrets: [],
        Availability: '',
      },
      PublishStatus: [
        { NodeID: '', State: '' },
        { NodeID: '', State: '' },
      ],
      Info: { VolumeID: '', AccessibleTopology: [] },
    })
  })

  test.each([{}, { ID: 7 }, { ID: 'v' }, 'v'])('that is none: %j', (ClusterVolume) => {
    expect(() => only({ ...recorded, ClusterVolume })).toThrow(DockerError)
  })
})

test('a list without volumes, and what could not be listed', () => {
  expect(volumesOf({ Volumes: null, Warnings: null })).toEqual({
    Volumes: [],
    Warnings: [],
  })
  const Warnings = ['unknown method ListVolumes']
  expect(volumesOf({ Volumes: [], Warnings }).Warnings).toEqual(Warnings)
  const { ClusterVolume: _, ...local } = recorded
  expect(volumesOf({ Volumes: [local] }).Volumes).toEqual([local])
})
