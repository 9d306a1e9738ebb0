import type { FieldDefinition } from '@oneforge/kernel/metadata'
import { isSampleDate, isSampleMoment, resolveSampleDate, resolveSampleMoment } from '../moments.ts'
import type { SampleRecord, Template } from '../template.ts'
import type { Catalogue, CatalogueEntry } from './catalogue.ts'
import { checkUnique } from './duplicates.ts'
import { quoted, type Report } from './problem.ts'
import { suggestion } from './suggestion.ts'
import { today, unwritableTypes, valueProblem } from './values.ts'

/** Object of each sample record, by its ref. */
type References = Map<string, string>

/** Sample records: references that resolve, required fields, values that the fields would accept. */
export function checkSamples({ samples }: Template, catalogue: Catalogue, report: Report): void {
  const places = Object.entries(samples).flatMap(([slug, records]) =>
    records.map(({ ref }, index) => ({ slug, value: ref, path: `samples.${slug}[${index}].ref` })),
  )
  checkUnique(places, 'the ref of another sample record', report)
  const references = new Map(places.map(({ value, slug }) => [value, slug]))
  for (const [slug, records] of Object.entries(samples)) {
    const entry = catalogue.get(slug)
    if (!entry) {
      report(`samples.${slug}`, `"${slug}" is not an object of this template${suggestion(slug, catalogue.keys())}`)
      continue
    }
    for (const [index, record] of records.entries())
      checkRecord(record, `samples.${slug}[${index}]`, entry, references, report)
    checkUniqueFields(records, entry, report)
  }
}

function checkRecord(
  record: SampleRecord,
  path: string,
  { definition }: CatalogueEntry,
  references: References,
  report: Report,
): void {
  const { ref: _ref, _owner, ...values } = record
  const fields = new Map(definition.fields.map((field) => [field.key, field]))
  for (const [key, value] of Object.entries(values)) {
    const field = fields.get(key)
    const problem = field
      ? sampleProblem(field, value, references)
      : `"${key}" is not a field of "${definition.slug}"${suggestion(key, fields.keys())}`
    if (problem) report(`${path}.${key}`, problem)
  }
  for (const field of definition.fields) {
    if (field.required && field.default === undefined && values[field.key] === undefined) {
      report(`${path}.${field.key}`, `is missing; "${field.key}" is required`)
    }
  }
}

function sampleProblem(field: FieldDefinition, value: unknown, references: References): string | undefined {
  if (unwritableTypes.includes(field.type)) return `a ${field.type} field cannot be set by a sample record`
  if (field.type === 'relation') return referencesProblem(field, value, references)
  if (field.type === 'date') {
    if (typeof value !== 'string' || !isSampleDate(value)) return `${quoted(value)} is not a date; write today+3d`
    return valueProblem(field, resolveSampleDate(value, today()))
  }
  if (field.type === 'datetime') {
    if (typeof value !== 'string' || !isSampleMoment(value))
      return `${quoted(value)} is not a moment; write today+3d 09:30`
    return valueProblem(field, resolveSampleMoment(value, today(), 'UTC'))
  }
  return valueProblem(field, value)
}

function referencesProblem(
  { relation, key }: FieldDefinition,
  value: unknown,
  references: References,
): string | undefined {
  if (Array.isArray(value) && !relation?.many) return `${quoted(value)} is a list, and "${key}" points to one record`
  const objects = relation ? [relation.object, ...(relation.others ?? [])] : []
  const problems = [value].flat().map((item) => referenceProblem(item, objects, references))
  return problems.find((problem) => problem !== undefined)
}

function referenceProblem(value: unknown, objects: string[], references: References): string | undefined {
  if (typeof value !== 'string' || !value.startsWith('@'))
    return `${quoted(value)} is not a reference; write "@" and a ref`
  const ref = value.slice(1)
  const found = references.get(ref)
  if (found === undefined) return `"${value}" is not the ref of a sample record${suggestion(ref, references.keys())}`
  if (objects.includes(found)) return undefined
  return `"${value}" is one of "${found}", and a record of "${objects.join('" or "')}" belongs here`
}

function checkUniqueFields(records: SampleRecord[], { definition }: CatalogueEntry, report: Report): void {
  for (const { key, unique } of definition.fields) {
    if (!unique) continue
    const places = records.flatMap((record, index) =>
      record[key] === undefined
        ? []
        : [{ value: String(record[key]), path: `samples.${definition.slug}[${index}].${key}` }],
    )
    checkUnique(places, `the ${key} of another record, and must be unique`, report)
  }
}
