import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { EndpointError, type Tls } from './endpoint.ts'

/**
 * Reads `ca.pem`, `cert.pem` and `key.pem` as the docker CLI lays them out. The folder is
 * `~/.docker` if none is given; `required` says whether finding nothing is an error.
 *
 * @throws EndpointError
 */
export function readTls(directory: string | null, required: boolean): Tls {
  const folder = directory ?? join(homedir(), '.docker')
  const ca = read(folder, 'ca.pem')
  const cert = read(folder, 'cert.pem')
  const key = read(folder, 'key.pem')
  if (Boolean(cert) !== Boolean(key)) {
    throw new EndpointError(
      `${folder} holds only one of cert.pem and key.pem. Put both there, or neither.`,
    )
  }
  if (required && !ca && !cert) {
    throw new EndpointError(
      `There is no ca.pem, cert.pem or key.pem in ${folder}. ` +
        'Let DOCKER_CERT_PATH name the folder that holds them.',
    )
  }
  return { ca, client: cert && key ? { cert, key } : null }
}

function read(folder: string, file: string): string | null {
  try {
    return readFileSync(join(folder, file), 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    throw new EndpointError(
      `${join(folder, file)} cannot be read (${code}). Give this process the right to.`,
    )
  }
}
