/** Which columns an export has, and what stands in their cells. */
import { atBest, fieldAccess } from '@oneforge/kernel/access'
import { type FieldProblem, validationError } from '@oneforge/kernel/errors'
import { type CompiledField, type CompiledObject, inLocale, type Language, languageOf } from '@oneforge/kernel/metadata'
import { currencyDigits, displayText, labelIn, type Money, type StoredValue } from '@oneforge/kernel/metadata/values'
import { isSystemAttribute, type PresentedRecord, type RecordContext } from '@oneforge/kernel/records'
import { Temporal } from 'temporal-polyfill'
import type { ExportCell } from './cell.ts'

export interface ExportColumn {
  key: string
  name: string
  cell(record: PresentedRecord): ExportCell
}

/** What cells need to know beside the record. */
export interface CellContext {
  context: Pick<RecordContext, 'model' | 'policy' | 'locale'>
  /** Names of people by id. */
  people: Map<string, string>
}

const systemNames: Record<string, Record<Language, string>> = {
  id: { en: 'Id', es: 'Id', de: 'Id' },
  recordNumber: { en: 'Record number', es: 'Número de registro', de: 'Datensatznummer' },
  title: { en: 'Title', es: 'Título', de: 'Titel' },
  stage: { en: 'Stage', es: 'Etapa', de: 'Phase' },
  version: { en: 'Version', es: 'Versión', de: 'Version' },
  ownerId: { en: 'Owner', es: 'Responsable', de: 'Zuständig' },
  locationId: { en: 'Location', es: 'Sede', de: 'Standort' },
  createdAt: { en: 'Created at', es: 'Creado el', de: 'Angelegt am' },
  createdBy: { en: 'Created by', es: 'Creado por', de: 'Angelegt von' },
  updatedAt: { en: 'Updated at', es: 'Actualizado el', de: 'Geändert am' },
  updatedBy: { en: 'Updated by', es: 'Actualizado por', de: 'Geändert von' },
  deletedAt: { en: 'Deleted at', es: 'Eliminado el', de: 'Gelöscht am' },
  object: { en: 'Object', es: 'Objeto', de: 'Objekt' },
}
const people = new Set(['ownerId', 'createdBy', 'updatedBy'])
const moments = new Set(['createdAt', 'updatedAt', 'deletedAt'])

/**
 * The columns asked for, or else the number, all fields that the caller sees, the owner and the dates.
 *
 * @throws AppError 400 that names each unknown field.
 */
export function exportColumns(cells: CellContext, object: CompiledObject, keys?: string[]): ExportColumn[] {
  const policy = atBest(cells.context.policy)
  const visible = object.fields.filter((field) => fieldAccess(policy, object, field.key) !== 'hidden')
  const wanted = keys ?? ['recordNumber', ...visible.map((field) => field.key), 'ownerId', 'createdAt', 'updatedAt']
  const problems: FieldProblem[] = []
  const columns = wanted.flatMap((key): ExportColumn[] => {
    const field = visible.find((one) => one.key === key)
    if (field) return [fieldColumn(cells, field)]
    if (isSystemAttribute(key)) return [systemColumn(cells, key)]
    problems.push({ field: 'fields', message: `“${key}” is not a field of ${object.slug}` })
    return []
  })
  if (problems.length > 0) throw validationError(problems)
  return columns
}

function systemColumn(cells: CellContext, key: string): ExportColumn {
  const { model, locale } = cells.context
  const name = systemNames[key]?.[languageOf(locale)] ?? key
  return {
    key,
    name,
    cell(record) {
      const value = record[key]
      if (value == null) return null
      if (people.has(key)) return cells.people.get(String(value)) ?? String(value)
      if (moments.has(key)) return localMoment(String(value), model.timeZone)
      if (typeof value === 'object') return JSON.stringify(value)
      return typeof value === 'number' ? value : String(value)
    },
  }
}

const fieldColumn = (cells: CellContext, field: CompiledField): ExportColumn => ({
  key: field.key,
  name: columnName(cells, field),
  cell: (record) => {
    const value = record[field.key]
    return value == null ? null : fieldCell(cells, field, value as StoredValue)
  },
})

/** Amounts are numbers: their currency stands above them, and in the cell only where it is another. */
function columnName({ context }: CellContext, field: CompiledField): string {
  const label = inLocale(field.label, context.locale)
  return field.type === 'money' ? `${label} (${field.currency ?? context.model.currency})` : label
}

/** Written so that an import of the file reads the same value again. */
function fieldCell({ context, people }: CellContext, field: CompiledField, value: StoredValue): ExportCell {
  const { model, locale } = context
  switch (field.type) {
    case 'number':
    case 'integer':
    case 'percent':
    case 'rating':
    case 'duration':
    case 'boolean':
      return value as number | boolean
    case 'money':
      return moneyCell(value as Money, field.currency ?? model.currency)
    case 'date':
      return { kind: 'date', iso: value as string }
    case 'datetime':
      return localMoment(value as string, model.timeZone)
    case 'multiselect':
      return (value as string[]).map((item) => optionLabel(field, item, locale)).join('; ')
    case 'tags':
      return (value as string[]).join('; ')
    case 'relation':
      return [value].flat().map(titleOf).join('; ')
    case 'user':
      return people.get(value as string) ?? (value as string)
    case 'phone':
      return value as string
    case 'json':
    case 'formula':
    case 'lookup':
    case 'rollup':
      return typeof value === 'object' ? JSON.stringify(value) : value
    default:
      return displayText(field, value, locale, model.timeZone)
  }
}

function optionLabel(field: CompiledField, value: string, locale: string): string {
  const option = field.optionByValue.get(value)
  return option ? labelIn(option.label, locale) : value
}

const titleOf = (related: unknown): string => {
  const { title, id } = related as { title?: string; id: string }
  return title || id
}

/** A number where the currency goes without saying and the number is exact; otherwise a text. */
function moneyCell({ amount, currency }: Money, usual: string): ExportCell {
  if (currency !== usual) return `${amount} ${currency}`
  const number = Number(amount)
  return number.toFixed(currencyDigits(currency)) === amount ? number : amount
}

/** As the clocks of the workspace show it. */
function localMoment(moment: string, timeZone: string): ExportCell {
  const local = Temporal.Instant.from(moment).toZonedDateTimeISO(timeZone).toPlainDateTime()
  return { kind: 'datetime', iso: local.toString({ smallestUnit: 'second' }) }
}
