/**
 * Where the built server begins. The young generation is bounded before anything is loaded:
 * loading would grow it by some 20 MiB, which a console at rest never needs again.
 */
import { setFlagsFromString } from 'node:v8'

setFlagsFromString('--max-semi-space-size=2')
setFlagsFromString('--semi-space-growth-factor=1')
await import('./console.mjs')
