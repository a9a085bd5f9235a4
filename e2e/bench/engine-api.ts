import { type Agent, request } from 'node:http'

type Call = { agent?: Agent; socketPath: string; method: string; path: string }

/**
 * One call of the Docker Engine API.
 * @throws Error with what the engine said, when it refuses
 */
export function callEngine<T>(options: Call, body?: object): Promise<T> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' }
    const asked = request({ ...options, headers }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('error', reject)
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        if ((answer.statusCode ?? 500) < 300) return resolve(JSON.parse(text || 'null'))
        reject(new Error(`${options.method} ${options.path}: ${text}`))
      })
    })
    asked.on('error', reject)
    asked.end(body && JSON.stringify(body))
  })
}
