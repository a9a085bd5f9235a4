const two = (n: number) => String(n).padStart(2, '0')

/** An instant as a field for date and time holds it, in the reader's zone, to the second. */
export function toField(iso: string | undefined): string {
  const at = new Date(iso ?? '')
  if (Number.isNaN(at.getTime())) return ''
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`
}

/** What such a field holds, as an instant: addresses are in UTC. Empty for none. */
export function fromField(text: string): string {
  const at = new Date(text)
  return text === '' || Number.isNaN(at.getTime()) ? '' : at.toISOString()
}
