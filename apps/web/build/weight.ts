/** What the pages of a build weigh: what each loads before it can be drawn, as it travels. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { RouteFiles } from './routes.ts'

export interface PageWeight {
  path: string
  scripts: string[]
  styles: string[]
}

/** What each page needs in English, with what all begin with, as addresses below `dist`. */
export function pagesOf(dist: string): PageWeight[] {
  const html = readFileSync(join(dist, 'index.html'), 'utf8')
  const namedIn = (pattern: RegExp) => [...html.matchAll(pattern)].map(([, file]) => file!)
  const scripts = namedIn(/(?:src|href)="(\/[^"]+\.js)"/g)
  const styles = namedIn(/href="(\/[^"]+\.css)"/g)
  const routes: RouteFiles[] = JSON.parse(readFileSync(join(dist, 'routes.json'), 'utf8'))
  return routes.map((route) => ({
    path: route.path,
    scripts: [...scripts, ...route.first, ...route.scripts, ...route.words.en!],
    styles: [...styles, ...route.styles],
  }))
}

/** In bytes, compressed by Brotli where the build has done that. */
export function sizeOf(dist: string, file: string): number {
  const small = join(dist, `${file}.br`)
  return statSync(existsSync(small) ? small : join(dist, file)).size
}

/** In kilobytes of 1,024 bytes. */
export function kilobytes(dist: string, files: string[]): number {
  return files.reduce((sum, file) => sum + sizeOf(dist, file), 0) / 1024
}
