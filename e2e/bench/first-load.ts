import { setTimeout as pass } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { pages } from '@skep/shared/paths'
import { type Findings, kibibytes } from './figure.ts'
import { type Setting, startConsole } from './setting.ts'

/** What is fetched later than this after the load is no part of it, in milliseconds. */
const afterwards = 3_000

/** Sizes of a file in bytes: packed by us, unpacked, and as the console sent it. */
type Fetched = { path: string; gzip: number; raw: number; sent: number }

/** Scripts and styles that a browser with an empty cache fetches for the first page. */
export async function measureFirstLoad(setting: Setting): Promise<Findings> {
  const skep = await startConsole(setting, 'push')
  const context = await setting.browser.newContext()
  setting.open.push(() => context.close())
  const page = await context.newPage()
  const fetched: Promise<Fetched>[] = []
  page.on('response', (response) => {
    const kind = response.request().resourceType()
    if (kind !== 'script' && kind !== 'stylesheet') return
    const measured = async () => {
      const body = await response.body()
      const { responseBodySize } = await response.request().sizes()
      return {
        path: new URL(response.url()).pathname,
        gzip: gzipSync(body, { level: 9 }).length,
        raw: body.length,
        sent: responseBodySize,
      }
    }
    fetched.push(measured())
  })
  await page.goto(skep.url + pages.now(), { waitUntil: 'load' })
  await page.getByRole('heading', { level: 1 }).waitFor()
  await pass(afterwards)
  const files = await Promise.all(fetched)
  if (files.length === 0) throw new Error('the console serves no web application')

  const sum = (key: 'gzip' | 'raw' | 'sent') =>
    files.reduce((total, file) => total + file[key], 0)
  return {
    figures: [
      {
        name: 'first load, gzip JS + CSS',
        target: '≤ 240 KiB',
        result: `${kibibytes(sum('gzip'))} in ${files.length} files (sent as ${kibibytes(sum('sent'))})`,
        reached: sum('gzip') <= 240 * 1024,
        data: { gzip: sum('gzip'), raw: sum('raw'), sent: sum('sent'), files },
      },
    ],
    standings: [],
  }
}
