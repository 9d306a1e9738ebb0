import type { LocalizedText } from '@oneforge/kernel/metadata'
import { type Attribute, type Catalogue, type CatalogueEntry, resolvePath } from './catalogue.ts'
import type { Report } from './problem.ts'

// `{{ record.full_name }}` or, with a Liquid filter, `{{ record.visit_date | date: "%d %B" }}`.
const mergeField = /\{\{\s*([^}|]*?)\s*(?:\|[^}]*)?\}\}/g

/** Checks the merge fields of a text in all its languages. */
export function checkMergeFields(
  text: LocalizedText,
  path: string,
  entry: CatalogueEntry,
  catalogue: Catalogue,
  report: Report,
): void {
  for (const [language, value] of Object.entries(text)) {
    for (const { problem } of mergeFieldsOf(value, entry, catalogue)) {
      if (problem) report(`${path}.${language}`, problem)
    }
  }
}

/** The merge fields of a text with what each stands for, or what is wrong with it. */
export function mergeFieldsOf(
  text: string,
  entry: CatalogueEntry,
  catalogue: Catalogue,
): { attribute?: Attribute; problem?: string }[] {
  return [...text.matchAll(mergeField)].map(([, expression = '']) => {
    if (expression === 'tenant.name') return {}
    if (expression.startsWith('record.')) return resolvePath(catalogue, entry, expression.slice('record.'.length))
    return { problem: `"{{ ${expression} }}" cannot be filled; write {{ record.<field> }} or {{ tenant.name }}` }
  })
}
