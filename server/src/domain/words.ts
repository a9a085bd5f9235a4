/** `1 task`, `2 tasks`, `3 copies`: a count and its noun. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`

/** A sentence begins with a capital; the fragments it is made of do not. */
export const capitalised = (text: string): string =>
  text.slice(0, 1).toUpperCase() + text.slice(1)
