import { pino } from 'pino'

/** Where the log of a test goes that is not about the log. */
export const silent = pino({ level: 'silent' })
