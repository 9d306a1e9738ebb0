import { join } from 'node:path'
import { checkTemplate } from './check.ts'
import { readTemplate } from './read.ts'
import type { Template } from './template.ts'

/** Folders of the templates that come with OneForge, in the order of the first page. */
const slugs = ['hospital', 'imaging-clinic', 'real-estate', 'jewellery', 'corporate', 'recruiting', 'blank']

/** Folders of the packs: no industry of their own, but laid under every template that does without. */
const packSlugs = ['activities']

let loaded: Template[] | undefined
let packs: Template[] | undefined

/** The shipped templates. Read and checked at the first call; throws if one of them is not right. */
export function loadTemplates(): Template[] {
  loaded ??= slugs.map(loadTemplate)
  return loaded
}

/** What is laid under the templates; see `pack.ts`. */
export function loadPacks(): Template[] {
  packs ??= packSlugs.map(loadTemplate)
  return packs
}

export function templateBySlug(slug: string): Template | undefined {
  return loadTemplates().find((template) => template.slug === slug)
}

function loadTemplate(slug: string): Template {
  const template = readTemplate(join(import.meta.dirname, slug))
  const problems = checkTemplate(template).map(({ path, message }) => `  ${path}: ${message}`)
  if (problems.length > 0) throw new Error(`The template ${slug} is not right:\n${problems.join('\n')}`)
  return template as Template
}
