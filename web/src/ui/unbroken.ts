/** The same sentence, whose line never ends between a number and its unit: "10 s", "2 GiB". */
export const unbroken = (sentence: string): string =>
  sentence.replace(/(\d) (?=(?:ms|s|min|h|d|[KMGT]i?B|B)\b)/g, '$1\u00a0')
