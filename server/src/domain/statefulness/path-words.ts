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
const runtime = /^\/(?:var\/)?run(?:\/|$)/
const kernel = /^\/(?:proc|sys|dev)(?:\/|$)/
const disk = /^\/dev\/(?:[shv]d|xvd|nvme|mapper|disk|drbd|rbd|dm-|md|loop|zvol)/
const system =
  /^\/(?:etc\/(?:localtime|timezone|hostname|hosts|resolv\.conf|passwd|group|shadow|machine-id|os-release)|var\/lib\/dbus\/machine-id|(?:etc\/(?:ssl\/certs|pki|ca-certificates)|usr\/share\/(?:zoneinfo|ca-certificates)|lib\/modules|usr\/(?:src|lib|bin)|boot)(?:\/.*)?)$/
const engine =
  /^\/var\/lib\/(?:docker(?:\/(?:volumes|(?:containers|image|overlay2)(?:\/.*)?))?|containerd)$/
const settingsFile =
  /\.(?:conf|cnf|cfg|config|ini|ya?ml|toml|properties|xml|env|json|hcl|lua|vcl|rules|tpl|tmpl|crt|cert|pem|key|cer|txt|sh)$/i
const etc = /(?:^|\/)etc\//
const scratch = /^\/(?:tmp|run|var\/(?:tmp|run|lock)|dev\/shm)(?:\/|$)/
const cache = /(?:^|[/._-])(?:caches?|cached|te?mp|thumb(?:nail)?s|transcodes?)(?:\/|$)/i
const data =
  /^\/(?:var\/(?:lib|opt|spool|mail)\/|srv(?:\/|$)|home\/)|(?:^|\/)(?:[\w.-]*data|(?:[\w.]+[._-])?db|(?:level|rocks|ts|my|maria|mongo|duck)db|sqlite|databases?|storage|stores?|uploads?|media|files|backups?|repos(?:itory|itories)?|mysql|mariadb|postgres(?:ql)?|mongo|redis|influx|elasticsearch|wal|raft|state|queues?|content|workspace|documents?|photos|library|attachments|certs|certificates|letsencrypt|vault)(?:\/|$)/i

/** What the path of a node tells that is mounted as it is; null: nothing. */
export function hostPathWord(source: string, target: string): PathWord | null {
  if (socket.test(source) || socket.test(target) || runtime.test(source)) return 'socket'
  if (kernel.test(source) && !disk.test(source)) return 'kernel'
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
