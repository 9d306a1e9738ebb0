/** The page is laid out from where a line starts to where it ends, so that languages read from the right fit as well. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { projectFiles, root } from './sources.ts'

const pages = projectFiles().filter((path) => path.startsWith('apps/web/src/'))
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

/** Places in a drawing are no places in a text. */
const drawn = ['apps/web/src/graph/GraphPage.module.css']

const sided =
  /^\s*((margin|padding)-(left|right)|border-(left|right)(-(color|width|style))?|(left|right)|border-(top|bottom)-(left|right)-radius)\s*:|text-align:\s*(left|right)/

it('style sheets name no left and no right', () => {
  const sheets = pages.filter((path) => path.endsWith('.css') && !drawn.includes(path))
  const lines = sheets.flatMap((path) =>
    read(path)
      .split('\n')
      .filter((line) => sided.test(line))
      .map((line) => `${path}: ${line.trim()}, use margin-inline-start, inset-inline-end, text-align: start, …`),
  )
  expect(lines).toEqual([])
})

it('neither do the margins of components', () => {
  const components = pages.filter((path) => path.endsWith('.tsx'))
  const wrong = components.filter((path) => /\s(ml|mr|pl|pr)=["{]/.test(read(path)))
  expect(wrong.map((path) => `${path}: use ms, me, ps and pe`)).toEqual([])
})
