/** `1 task`, `3 copies`, `10,475 tasks`: a count and its noun. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count < 1_000 ? count : count.toLocaleString('en')} ${count === 1 ? one : many}`

/** `web`, `web and api`, `web, api and db`. */
export const listed = (names: readonly string[], last: 'and' | 'or' = 'and'): string =>
  names.length < 2
    ? names.join()
    : `${names.slice(0, -1).join(', ')} ${last} ${names.at(-1)}`

/** The same of a few; of more than four, three and how many others: `web, api, db and 2 others`. */
export const listedBriefly = (names: readonly string[]): string =>
  names.length > 4
    ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} others`
    : listed(names)
