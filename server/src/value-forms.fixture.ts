/** What two thirds of a group of base64 leave unsaid: how far it is moved, in bytes. */
const alignments = [0, 1, 2] as const

/**
 * All that a value may be written as where it must not be: itself, in JSON and in JSON
 * within JSON, in a URL, in hexadecimal, and as base64, wherever in a longer text it began.
 */
export function formsOf(value: string): Buffer[] {
  const bytes = Buffer.from(value)
  const inJson = JSON.stringify(value).slice(1, -1)
  const inUrl = encodeURIComponent(value)
  const forms = [
    value,
    inJson,
    JSON.stringify(inJson).slice(1, -1),
    inUrl,
    inUrl.replaceAll('%20', '+'),
    inUrl.toLowerCase(),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    ...alignments.map((moved) => base64At(bytes, moved)),
  ]
  const all = forms.flatMap((form) => [
    form,
    form.replaceAll('+', '-').replaceAll('/', '_'),
    form.replaceAll('/', '\\/'),
  ])
  return [...new Set(all)].map((form) => Buffer.from(form))
}

/** The characters that a value alone decides, so many bytes after the beginning of a group. */
function base64At(value: Buffer, moved: 0 | 1 | 2): string {
  const text = Buffer.concat([Buffer.alloc(moved), value]).toString('base64')
  const first = Math.ceil((moved * 4) / 3)
  const end = Math.floor(((moved + value.length) * 4) / 3)
  return text.slice(first, end)
}
