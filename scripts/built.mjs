import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const products = ['server/dist/console.mjs', 'server/dist/main.mjs', 'web/dist/index.html']

/** Whole folders: a list of what the builds read would not tell what it lacks. */
const sources = [
  'package.json', // The console tells its version.
  'pnpm-lock.yaml',
  'tsconfig.base.json',
  'server',
  'shared',
  'web',
]

/** What is in those folders, and is not ours, or is built from them. */
const passedOver = ['dist', 'node_modules']

/** Whether what was built last is newer than all that it is built from. */
export function isBuilt(root = '.') {
  const oldest = Math.min(...products.map((file) => modified(join(root, file))))
  return sources.every((source) => newest(join(root, source)) < oldest)
}

const modified = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0

function newest(path) {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found?.isDirectory()) return found?.mtimeMs ?? 0
  const names = readdirSync(path).filter((name) => !passedOver.includes(name))
  return Math.max(0, ...names.map((name) => newest(join(path, name))))
}
