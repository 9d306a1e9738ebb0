/** What the parts of a build and the pages of the workspace have to do with one another. */
import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Rolldown } from 'vite'
import type { Part } from '../src/i18n/areas.ts'

export type Chunk = Rolldown.OutputChunk

export interface Page {
  /** As in the address: `/o/:object`. */
  path: string
  /** Relative to `src`; those of the frame around it among them. */
  modules: string[]
  /** The parts of the words that it needs. */
  words: Part[]
}

const source = join(import.meta.dirname, '../src')
/** What draws the first words of a page, before its own code is there. */
export const firstWords: Record<string, string> = {
  '/': 'firstwords/home.ts',
  '/o/:object': 'firstwords/list.ts',
  '/o/:object/:id': 'firstwords/record.ts',
}
/** Around every page behind the sign-in. */
export const frame = ['app/SessionGate.tsx', 'app/Shell.tsx']
/** A page of routes.tsx. Those within the frame stand before the router itself. */
const line =
  /(?:index: true|path: '(?<path>[^']*)'),\s+lazy: (?<kind>page|laterPage)\(\(\) => import\('\.\/(?<module>[^']+)'\)(?<more>, '\w+')?\)/g

/** Those of certain addresses first, the one for all others at the end. */
export function readPages(): Page[] {
  const routes = readFileSync(join(source, 'routes.tsx'), 'utf8')
  const endOfFrame = routes.indexOf('export const router')
  const pages = [...routes.matchAll(line)].map(({ groups, index }) => ({
    path: `/${groups!.path ?? ''}`,
    modules: [...(index < endOfFrame ? frame : []), groups!.module!],
    words: wordsOf(groups!.kind!, groups!.more),
  }))
  return pages.toSorted((a, b) => Number(a.path === '/*') - Number(b.path === '/*'))
}

function wordsOf(kind: string, more: string | undefined): Part[] {
  if (kind === 'page') return ['first']
  const further = /'(\w+)'/.exec(more ?? '')?.[1] as Part | undefined
  return ['first', 'later', ...(further ? [further] : [])]
}

/** @param module relative to `src`, and imported only when it is needed. */
export function chunkOf(chunks: Chunk[], module: string): Chunk {
  const found = chunks.find(({ facadeModuleId }) => facadeModuleId && relative(source, facadeModuleId) === module)
  if (!found)
    throw new Error(`${module} is no part of its own in the build: routes.tsx has to import it when it is gone to.`)
  return found
}

/** The chunks themselves and all that they import, without what they import only when it is needed. */
export function closureOf(chunks: Chunk[], from: Chunk[]): Set<Chunk> {
  const found = new Set(from)
  for (const chunk of found) {
    for (const name of chunk.imports) {
      const imported = chunks.find(({ fileName }) => fileName === name)
      if (imported) found.add(imported)
    }
  }
  return found
}

/** What the page is started with, whatever its address. */
export function startOf(chunks: Chunk[]): Set<Chunk> {
  const draw = Object.values(firstWords).map((module) => chunkOf(chunks, module))
  return closureOf(
    chunks,
    chunks.filter((chunk) => chunk.isEntry && !draw.includes(chunk)),
  )
}
