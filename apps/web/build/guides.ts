/**
 * Puts docs/guides into the page: `guides:index` lists them with their headings, `guides:{name}` is the text of one as
 * HTML. Both are made while the page is built, so nobody's browser reads Markdown, and HTML in a guide shows as text.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Marked, type Tokens } from 'marked'
import type { Plugin } from 'vite'

export const folder = join(import.meta.dirname, '../../../docs/guides')
const name = /^\0?guides:(?<guide>[\w-]+)$/

export interface Heading {
  /** Of the element, for links to it. */
  id: string
  text: string
}

export function guides(): Plugin {
  return {
    name: 'guides',
    resolveId: (id) => (name.test(id) ? `\0${id}` : null),
    load(id) {
      const guide = name.exec(id)?.groups?.guide
      if (!guide) return null
      return guide === 'index' ? indexModule() : textModule(guide)
    },
  }
}

export const guideNames = (): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.md'))
    .map((file) => file.replace('.md', ''))

const readGuide = (guide: string): string => readFileSync(join(folder, `${guide}.md`), 'utf8')

/** What a guide is called, and its headings. */
export function outlineOf(guide: string): { title: string; headings: Heading[] } {
  const found = new Marked().lexer(readGuide(guide)).filter((token) => token.type === 'heading') as Tokens.Heading[]
  const title = found.find(({ depth }) => depth === 1)?.text ?? guide
  return { title, headings: found.filter(({ depth }) => depth === 2).map(({ text }) => ({ id: idOf(text), text })) }
}

const idOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')

function indexModule(): string {
  const entries = guideNames().map(
    (guide) =>
      `{ name: ${JSON.stringify(guide)}, ...${JSON.stringify(outlineOf(guide))}, load: () => import('guides:${guide}') }`,
  )
  return `export default [${entries.join(',\n')}]`
}

/** Pictures are files of the build: the module puts their addresses between the pieces of the text. */
function textModule(guide: string): string {
  const { html, pictures } = htmlOf(readGuide(guide))
  const imports = pictures.map((path, index) => `import picture${index} from ${JSON.stringify(join(folder, path))}`)
  const pieces = html
    .split(pictureMark)
    .flatMap((piece, index) => (index === 0 ? [JSON.stringify(piece)] : [`picture${index - 1}`, JSON.stringify(piece)]))
  return `${imports.join('\n')}\nexport default [${pieces.join(', ')}].join('')`
}

const pictureMark = '\u0000'

/** @returns `pictures` in the order of their marks, as the guide names them. */
export function htmlOf(markdown: string): { html: string; pictures: string[] } {
  const pictures: string[] = []
  const marked = new Marked({
    renderer: {
      // The page has the title already.
      heading: ({ depth, text }) => (depth === 1 ? '' : `<h${depth} id="${idOf(text)}">${escaped(text)}</h${depth}>\n`),
      html: ({ text }) => escaped(text),
      // What is wider than the page is scrolled, by keys too.
      code: ({ text }) => `<pre tabindex="0"><code>${escaped(text)}</code></pre>\n`,
      image({ href, text }) {
        pictures.push(href)
        return `<img src="${pictureMark}" alt="${escaped(text)}" loading="lazy">`
      },
      link(token) {
        const inner = this.parser.parseInline(token.tokens)
        const place = placeOf(token.href)
        return place ? `<a href="${escaped(place)}">${inner}</a>` : inner
      },
    },
  })
  return { html: marked.parse(markdown, { async: false }), pictures }
}

/** Other guides are pages; files of the repository are nowhere in the workspace. */
function placeOf(href: string): string | undefined {
  if (/^https?:/.test(href)) return href
  const [path, heading] = href.split('#') as [string, string?]
  if (dirname(path) !== '.' || !path.endsWith('.md')) return undefined
  return `/help/${path.replace('.md', '')}${heading ? `#${heading}` : ''}`
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
