/**
 * Writes a gzip twin beside each built script and stylesheet: the server sends those as
 * they are, and compresses nothing while people wait.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const assets = fileURLToPath(new URL('dist/assets/', import.meta.url))

for (const file of readdirSync(assets)) {
  if (!/\.(js|css)$/.test(file)) continue
  writeFileSync(`${assets}${file}.gz`, gzipSync(readFileSync(assets + file), { level: 9 }))
}
