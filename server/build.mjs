/**
 * Bundles the server's own sources and those of `shared` into one file; packages from npm
 * stay outside, and names stay readable in a stack trace. Node could run the sources as they are, but the parser that strips their
 * types costs 45 MiB and most of a second at each start.
 */
import { cpSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

await build({
  entryPoints: [here('src/main.ts')],
  outfile: here('dist/console.mjs'),
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  logLevel: 'warning',
  plugins: [
    {
      name: 'npm-packages-stay-outside',
      setup({ onResolve }) {
        onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
          path.startsWith('@skep/') || kind === 'entry-point'
            ? null
            : { path, external: true },
        )
      },
    },
  ],
})
// Loads the bundle, once it has set what must be set before.
cpSync(here('src/launch.mjs'), here('dist/main.mjs'))
// Read at run time, beside the code that reads it.
cpSync(here('src/docker/watch.proto'), here('dist/watch.proto'))
