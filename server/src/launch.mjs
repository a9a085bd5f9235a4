/**
 * Where the built server begins. What is alive of a large swarm is some 60 MiB; how much more
 * V8 holds is its choice of speed over memory, and is bounded before anything is loaded. The
 * young generation does not grow: loading would make it 20 MiB larger, which a console at rest
 * never needs again. The old one is collected when it has grown by two fifths: by itself V8
 * lets it come to three times what is alive while tasks change without end, and keeps the room.
 * That is 100 MiB less in a storm, for some more processor time there.
 */
import { setFlagsFromString } from 'node:v8'

setFlagsFromString('--max-semi-space-size=2')
setFlagsFromString('--semi-space-growth-factor=1')
setFlagsFromString('--heap-growing-percent=40')
await import('./console.mjs')
