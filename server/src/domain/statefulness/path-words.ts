/** What a path tells of what is kept behind it. Every list is a handful of patterns. */
export type PathWord =
  | 'socket'
  | 'kernel'
  | 'system'
  | 'engine'
  | 'root'
  | 'settings'
  | 'scratch'
  | 'cache'
  | 'data'

const socket = /\.sock(?:et)?$/
/** Of the folder of sockets itself, and what of it is known to hold nothing else. */
const runtime =
  /^\/(?:var\/)?run(?:\/(?:docker|containerd|crio|podman|dbus|systemd|udev|user|lock|netns|openvswitch|cilium|calico|flannel|nscd|sssd|snapd|libvirt|pcscd|cups|avahi-daemon|postgresql|mysqld|redis|php|haproxy|utmp|xtables\.lock)(?:\/.*)?)?$/
const kernel = /^\/(?:proc|sys|dev)(?:\/|$)/
const disk =
  /^\/dev\/(?:[shv]d|xvd|nvme|mmcblk|mapper|disk|block|drbd|rbd|nbd|dm-|md|loop|zvol|zd|bcache|pmem|dasd|n?st\d)/
/** Folders of devices that are no disks; any other is a group of logical volumes. */
const devices =
  /^\/dev\/(?:net|snd|dri|input|bus|char|cpu|fd|hugepages|infiniband|mqueue|pts|serial|shm$|usb|vfio|kfd|accel|nvidia-caps|dvb|v4l|video)(?:\/|$)/
const folderOfDevices = /^\/dev\/[^/]+\/[^/]/
/** Of `/etc/pki` what the system trusts; a certificate authority keeps its keys there too. */
const system =
  /^\/(?:etc\/(?:localtime|timezone|hostname|hosts|resolv\.conf|passwd|group|shadow|machine-id|os-release)|var\/lib\/dbus\/machine-id|usr\/(?:src(?:\/(?:linux|kernels)[^/]*(?:\/.*)?)?|lib(?:\/os-release)?)|(?:etc\/(?:ssl\/certs|pki\/(?:ca-trust|tls\/certs)|ca-certificates)|usr\/share\/(?:zoneinfo|ca-certificates)|(?:usr\/)?lib\/modules|usr\/s?bin|boot)(?:\/.*)?)$/
const engine =
  /^\/var\/lib\/(?:docker(?:\/(?:volumes|(?:containers|image|overlay2)(?:\/.*)?))?|containerd)$/
/** Not `.json` and `.txt`: programs keep lists of users and the like in them. */
const settingsFile =
  /\.(?:conf|cnf|cfg|config|ini|ya?ml|toml|properties|xml|env|hcl|lua|vcl|rules|tpl|tmpl|crt|cert|pem|key|cer|sh)$/i
const etc = /(?:^|\/)etc\//
const scratch = /^\/(?:tmp|run|var\/(?:tmp|run|lock)|dev\/shm)(?:\/|$)/
const cache = /(?:^|[/._-])(?:caches?|cached|te?mp|thumb(?:nail)?s|transcodes?)(?:\/|$)/i
const data =
  /^\/(?:var\/(?:lib|opt|spool|mail)\/|srv(?:\/|$)|home\/)|(?:^|\/)(?:[\w.-]*data|(?:[\w.]+[._-])?db|(?:level|rocks|ts|my|maria|mongo|duck)db|sqlite|databases?|storage|stores?|uploads?|media|files|backups?|repos(?:itory|itories)?|mysql|mariadb|postgres(?:ql)?|mongo|redis|influx|elasticsearch|wal|raft|state|queues?|content|workspace|documents?|photos|library|attachments|certs|certificates|letsencrypt|vault)(?:\/|$)/i

/**
 * What the path of a node tells that is mounted to be written; null: nothing. Where it is put
 * in a folder for data, that tells more.
 */
export function hostPathWord(source: string, target: string): PathWord | null {
  if (socket.test(source) || socket.test(target)) return 'socket'
  if (kernel.test(source)) return isDisk(source) ? null : 'kernel'
  if (source !== target && targetWord(target) === 'data') return null
  if (runtime.test(source)) return 'socket'
  if (system.test(source)) return 'system'
  if (engine.test(source)) return 'engine'
  if (source === '/') return 'root'
  const isSettings =
    (settingsFile.test(source) || settingsFile.test(target)) &&
    (etc.test(source) || etc.test(target)) &&
    !isAcme(source) &&
    !isAcme(target)
  return isSettings ? 'settings' : null
}

const isDisk = (path: string): boolean =>
  disk.test(path) || (folderOfDevices.test(path) && !devices.test(path))

/** Whether a file holds the certificates that a proxy was given, as `acme.json` does. */
const isAcme = (path: string): boolean =>
  path
    .slice(path.lastIndexOf('/') + 1)
    .toLowerCase()
    .includes('acme')

/** What the path in the container tells. */
export function targetWord(target: string): PathWord | null {
  if (scratch.test(target)) return 'scratch'
  if (cache.test(target)) return 'cache'
  return data.test(target) ? 'data' : null
}

/** A path without a slash at its end and without empty or `.` parts. */
export function tidyPath(path: string): string {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.')
  return `/${parts.join('/')}`
}

/** Whether a tidy path is another one or lies in it. */
export const isWithin = (path: string, parent: string): boolean =>
  path === parent || parent === '/' || path.startsWith(`${parent}/`)

/** Whether one of two tidy paths lies in the other. */
export const areRelated = (a: string, b: string): boolean =>
  isWithin(a, b) || isWithin(b, a)
