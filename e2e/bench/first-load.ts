import { setTimeout as pass } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { pages } from '@skep/shared/paths'
import { type Findings, kibibytes } from './figure.ts'
import { type Setting, startConsole } from './setting.ts'

/** What is fetched later than this after the load is no part of it, in milliseconds. */
const afterwards = 3_000

/** Scripts and styles that a browser with an empty cache fetches for the first page. */
export async function measureFirstLoad(setting: Setting): Promise<Findings> {
  const skep = await startConsole(setting, 'push')
  const context = await setting.browser.newContext()
  setting.open.push(() => context.close())
  const page = await context.newPage()
  const fetched: Promise<{ path: string; raw: number; gzip: number }>[] = []
  page.on('response', (response) => {
    const kind = response.request().resourceType()
    if (kind !== 'script' && kind !== 'stylesheet') return
    const measured = async () => {
      const body = await response.body()
      const { pathname } = new URL(response.url())
      return { path: pathname, raw: body.length, gzip: gzipSync(body, { level: 9 }).length }
    }
    fetched.push(measured())
  })
  await page.goto(skep.url + pages.now(), { waitUntil: 'load' })
  await page.getByRole('heading', { level: 1 }).waitFor()
  await pass(afterwards)
  const files = await Promise.all(fetched)
  if (files.length === 0) throw new Error('the console serves no web application')

  const sum = (key: 'raw' | 'gzip') => files.reduce((total, file) => total + file[key], 0)
  return {
    figures: [
      {
        name: 'first load, gzip JS + CSS',
        target: '≤ 240 KiB',
        result: `${kibibytes(sum('gzip'))} in ${files.length} files (${kibibytes(sum('raw'))} unpacked)`,
        reached: sum('gzip') <= 240 * 1024,
        data: { gzipBytes: sum('gzip'), rawBytes: sum('raw'), files },
      },
    ],
    standings: [],
  }
}
