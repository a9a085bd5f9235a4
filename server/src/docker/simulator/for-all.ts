/** Does it to all, also where it breaks off with one; then throws what broke off first. */
export function forAll<T>(all: Iterable<T>, act: (one: T) => void): void {
  const broken: unknown[] = []
  for (const one of all) {
    try {
      act(one)
    } catch (error) {
      broken.push(error)
    }
  }
  if (broken.length > 0) throw broken[0]
}
