/** Where the memory says what it cannot tell anybody else. */
export type Log = {
  warn(details: object, message: string): void
  info(details: object, message: string): void
}
