/** Hands the browser a text to keep as a file. */
export function download(name: string, type: string, text: string) {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has begun by then; the browser keeps what it needs of it.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
