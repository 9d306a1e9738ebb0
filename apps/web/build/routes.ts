/**
 * Writes `routes.json`: which files the page of each address needs. The server names them in the HTML, so that the
 * browser asks for all of them at once instead of finding one behind the other.
 */
import type { Plugin } from 'vite'
import type { Part } from '../src/i18n/areas.ts'
import { type Chunk, chunkOf, closureOf, firstWords, type Page, readPages, startOf } from './chunks.ts'
import { doorwayOf } from './doorways.ts'
import { wordsIn } from './words.ts'

export interface RouteFiles {
  /** As in the address: `/o/:object`. */
  path: string
  /** What draws its first words, for pages that have some; that which begins it comes last. */
  first: string[]
  /** Besides those that `index.html` names itself. */
  scripts: string[]
  styles: string[]
  /** By language: each page needs those of one. */
  words: Record<string, string[]>
}

export function routeFiles(): Plugin {
  return {
    name: 'route-files',
    apply: 'build',
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((output) => output.type === 'chunk')
      const routes = readPages().map((page) => filesOf(chunks, page))
      this.emitFile({ type: 'asset', fileName: 'routes.json', source: JSON.stringify(routes) })
    },
  }
}

function filesOf(chunks: Chunk[], { path, modules, words }: Page): RouteFiles {
  const atStart = startOf(chunks)
  const needed = closureOf(
    chunks,
    modules.map((module) => chunkOf(chunks, module)),
  )
  const first = firstWords[path] ? [...closureOf(chunks, [chunkOf(chunks, firstWords[path])])].reverse() : []
  const isFurther = (chunk: Chunk) => !atStart.has(chunk) && !doorwayOf(chunk)
  const files = [...needed].filter((chunk) => isFurther(chunk) && !first.includes(chunk))
  const styles = new Set(files.flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])]))
  return {
    path,
    first: first.filter(isFurther).map(addressOf),
    scripts: files.map(addressOf),
    styles: [...styles].map((name) => `/${name}`),
    words: wordsOf(chunks, words),
  }
}

const addressOf = ({ fileName }: Chunk): string => `/${fileName}`

function wordsOf(chunks: Chunk[], parts: Part[]): Record<string, string[]> {
  const files: Record<string, string[]> = {}
  for (const { facadeModuleId, fileName } of chunks) {
    const found = wordsIn(facadeModuleId ?? '')
    if (found && parts.includes(found.part)) files[found.language] = [...(files[found.language] ?? []), `/${fileName}`]
  }
  return files
}
