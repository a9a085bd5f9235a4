import type { Handler } from './call.ts'

export type Routes = Readonly<Record<string, Handler>>

type Route = { method: string; pattern: RegExp; handler: Handler }

/**
 * By `METHOD /path/{}/{}`, where `{}` is one segment and `{*}` the rest, slashes and all.
 * The first match counts.
 */
export class Router {
  readonly #routes: Route[] = []

  constructor(tables: readonly Routes[]) {
    for (const [text, handler] of tables.flatMap((table) => Object.entries(table))) {
      const [method = '', path = ''] = text.split(' ')
      const source = path.replaceAll('{*}', '(.+)').replaceAll('{}', '([^/]+)')
      this.#routes.push({ method, pattern: new RegExp(`^${source}$`), handler })
    }
  }

  find(method: string, path: string): { handler: Handler; params: string[] } | null {
    for (const route of this.#routes) {
      if (route.method !== method) continue
      const match = route.pattern.exec(path)
      if (match) {
        const params = match.slice(1).map((text) => decodeURIComponent(text))
        return { handler: route.handler, params }
      }
    }
    return null
  }
}
