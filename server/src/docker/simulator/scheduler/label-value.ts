type Labels = Readonly<Record<string, string>> | null | undefined

/** Empty without that label. It may be called as what every object has: `constructor`. */
export function labelValue(labels: Labels, name: string): string {
  return labels && Object.hasOwn(labels, name) ? (labels[name] ?? '') : ''
}
