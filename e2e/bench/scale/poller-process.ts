/** A dashboard that polls everything, as a process of its own, so that it can be told what it costs. */
import { pollEverything } from '../pollers.ts'

const [socket] = process.argv.slice(2)
if (!socket) throw new Error('the socket of an engine is to be given')
const poller = pollEverything(socket)
process.on('disconnect', () => process.exit(0))
process.on('message', () => process.send?.(poller.sightings.length))
