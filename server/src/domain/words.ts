/** `1 task`, `2 tasks`, `3 copies`: a count and its noun. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`
