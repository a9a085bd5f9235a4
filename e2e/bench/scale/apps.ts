/**
 * What the services of these figures are called: parts of apps, an app being a stack. The
 * first part of each app runs, and is what is updated.
 */
export const firstPart = (app: number): string => part(app, 1).Name

/** The beginning of its spec; it is updated one task at a time. */
export function part(app: number, number: number) {
  const stack = `app${String(app).padStart(3, '0')}`
  return {
    Name: `${stack}_part${number}`,
    Labels: { 'com.docker.stack.namespace': stack },
    UpdateConfig: { Parallelism: 1, Delay: 0, Order: 'stop-first' },
  }
}
