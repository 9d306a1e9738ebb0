/**
 * Lets each part of Mantine bring its own styles, so that a page loads those of what it draws instead of all. Each part
 * has a layer of its own within `mantine`; `index.html` says the order of those, whichever arrives first.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Plugin } from 'vite'

const require = createRequire(import.meta.url)
const sheet = require.resolve('@mantine/core/styles.css')
const folder = join(dirname(sheet), 'styles')
/** The classes of a part of the core, which is loaded wherever the part is. */
const classesOfPart = /@mantine\/core\/esm\/.*\/(?<part>\w+)\.module\.mjs$/
/** Of the packages around it, whose styles are few. */
const classesOfPackage = /@mantine\/(?<name>dates|dropzone|notifications|spotlight|tiptap)\/esm\/.*\.module\.mjs$/
const stylesOfPart = /@mantine\/core\/styles\/(?<part>[\w-]+)\.layer\.css$/

/** What the dev server loads as a whole: it puts packages together before their parts can bring anything. */
const wholeSheets = ['core', 'dates', 'dropzone', 'notifications', 'spotlight', 'tiptap']

export function mantineStyles(): Plugin {
  let isBuild = true
  return {
    name: 'mantine-styles',
    enforce: 'pre',
    configResolved({ command }) {
      isBuild = command === 'build'
    },
    transform(code, id) {
      if (!isBuild) return id.endsWith('/src/main.tsx') ? withWholeSheets(code) : undefined
      const part = classesOfPart.exec(id)?.groups?.part
      if (part) return withStyles(code, `@mantine/core/styles/${part}.layer.css`)
      const name = classesOfPackage.exec(id)?.groups?.name
      if (name) return withStyles(code, `@mantine/${name}/styles.layer.css`)
      const layer = stylesOfPart.exec(id)?.groups?.part
      return layer ? { code: code.replace('@layer mantine {', `@layer mantine.${layer} {`), map: null } : undefined
    },
    transformIndexHtml: (html) => html.replace('<style>', `<style>\n      @layer ${layers().join(', ')};`),
  }
}

/** Classes have no source worth mapping. */
const withStyles = (code: string, file: string) => ({ code: `import '${file}'\n${code}`, map: null })

function withWholeSheets(code: string) {
  const imports = wholeSheets.map((name) => `import '@mantine/${name}/styles.layer.css'`)
  return { code: `${imports.join('\n')}\n${code}`, map: null }
}

/** In the order in which Mantine's own sheet has them: what builds on others comes after those. */
function layers(): string[] {
  const whole = readFileSync(sheet, 'utf8')
  const parts = readdirSync(folder).flatMap((file) =>
    file.endsWith('.layer.css') ? [file.replace('.layer.css', '')] : [],
  )
  const places = new Map(parts.map((part) => [part, placeIn(whole, part)]))
  return parts.toSorted((a, b) => places.get(a)! - places.get(b)!).map((part) => `mantine.${part}`)
}

/** Where its first class is written. Those for the whole page have none, and come before all. */
function placeIn(whole: string, part: string): number {
  const named = readFileSync(join(folder, `${part}.css`), 'utf8').match(/\.m_\w+/)
  return named ? whole.indexOf(named[0]) : -1
}
