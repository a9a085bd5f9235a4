import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const products = ['server/dist/console.mjs', 'server/dist/main.mjs', 'web/dist/index.html']
const sources = [
  'pnpm-lock.yaml',
  'server/build.mjs',
  'server/src',
  'shared/src',
  'web/index.html',
  'web/vite.config.ts',
  'web/src',
]

/** Whether what was built last is newer than all that it is built from. */
export function isBuilt() {
  const oldest = Math.min(...products.map((file) => modified(file)))
  return sources.every((source) => newest(source) < oldest)
}

const modified = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0

function newest(path) {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found?.isDirectory()) return found?.mtimeMs ?? 0
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))))
}
