/**
 * Where a volume's bytes are: `node`: on the node where it is used; `shared`: where every
 * node reaches them; `host`: behind a path or device of the node, which may be either;
 * `memory`: in the memory of the node, while it is used; `unknown`: its driver's affair.
 */
export type Site = 'node' | 'shared' | 'host' | 'memory' | 'unknown'

const remoteFilesystem =
  /^(?:nfs[34]?|cifs|smb(?:3|fs)?|glusterfs|ceph(?:fs)?|lustre|beegfs|moosefs|mfs|ocfs2|gfs2|gpfs|9p|afs|davfs2?|fuse\.(?:glusterfs|ceph|sshfs|s3fs|rclone|juicefs|seaweedfs|mfsmount))$/i

const memoryFilesystem = /^(?:tmpfs|ramfs)$/i

/**
 * Drivers of disks that one node at a time has, and some in one zone only: whether another
 * node gets hold of the disk is between the driver and the cloud. By parts of their names.
 */
const diskDriver =
  /(?:^|[/_-])(?:ebs|gcepd|pd|cinder|dobs|rbd|hcloud-volume|linstor|flocker|nimble|hpe|pure|cloudstor)(?:[/_:-]|$)/i

/** Drivers whose volumes every node reaches, by the last parts of their names. */
const sharedDriver =
  /(?:^|[/_-])(?:nfs|netshare|cifs|smb|glusterfs|gluster|cephfs|ceph|sshfs|s3fs|rclone|juicefs|seaweedfs?|portworx|pxd|storageos|quobyte|convoy-nfs|trident|netapp|efs|azurefile|moosefs|infinit)(?:[/_:-]|$)/i

const nodeDriver = /(?:^|[/_-])(?:zfs|lvm|btrfs)(?:[/_:-]|$)/i

const ownNode = /^(?:\/\/)?(?:localhost|127\.|\[?::1)/i

/** Whether an address or a device names the node itself: another server on each node. */
export const isOwnNode = (text: string): boolean => ownNode.test(text)

/**
 * Where the volume of a mount is. What `local` mounts for it was said when it was made: a
 * volume that was made beforehand on every node, with other options, cannot be told from
 * the service.
 * @see moby/moby volume/local/local_unix.go: without a type nothing is mounted
 */
export function siteOfVolume(volume: {
  readonly driver: string | null
  readonly filesystem: string | null
  readonly device: string | null
  readonly servedByNode?: boolean
}): Site {
  const { driver, filesystem, device, servedByNode = false } = volume
  if (driver !== null && driver !== 'local') {
    if (diskDriver.test(driver)) return 'unknown'
    if (sharedDriver.test(driver)) return 'shared'
    return nodeDriver.test(driver) ? 'node' : 'unknown'
  }
  if (filesystem === null) return device === null ? 'node' : 'host'
  if (remoteFilesystem.test(filesystem)) {
    const isOwn = servedByNode || (device !== null && isOwnNode(device))
    return isOwn ? 'host' : 'shared'
  }
  return memoryFilesystem.test(filesystem) ? 'memory' : 'host'
}
