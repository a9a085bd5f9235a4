import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'

/**
 * The container that this process runs in: its id, or the beginning of it; null where it is
 * in none. The engine mounts three files of each container from a folder that is named by
 * its id, whatever host name it was given.
 * @see moby/moby daemon/container_operations_unix.go and container/container_unix.go,
 * NetworkMounts
 */
export async function containerOfConsole(): Promise<string | null> {
  const mounts = await readFile('/proc/self/mountinfo', 'utf8').catch(() => '')
  return containerIn(mounts, hostname())
}

/** The same, of what the kernel says of mounts, and of the host name: by default an id. */
export function containerIn(mountinfo: string, host: string): string | null {
  const [, id] =
    /\/containers\/([0-9a-f]{64})\/(?:hostname|hosts|resolv\.conf) /.exec(mountinfo) ?? []
  return id ?? (/^[0-9a-f]{12}$/.test(host) ? host : null)
}
