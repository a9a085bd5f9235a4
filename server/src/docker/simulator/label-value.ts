type Labels = Readonly<Record<string, string>> | null | undefined

/** Undefined without that label. It may be called as what every object has: `constructor`. */
export function labelValue(labels: Labels, name: string): string | undefined {
  return labels && Object.hasOwn(labels, name) ? labels[name] : undefined
}
