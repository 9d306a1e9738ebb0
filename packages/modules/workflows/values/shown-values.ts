/** Values as texts and formulas take them: for people in their language and zone, for formulas as plain as they are. */
import { type CompiledField, type CompiledObject, inLocale, type TenantModel } from '@oneforge/kernel/metadata'
import { displayText, isDate, type Money, type StoredValue } from '@oneforge/kernel/metadata/values'
import type { PresentedRecord } from '@oneforge/kernel/records'
import { Drop } from 'liquidjs'

/** For whom a text is written. */
export interface Reader {
  locale: string
  timeZone: string
}

/** A value that prints as `title` and is otherwise what it is: compared, counted with, handed to a filter. */
export class Shown extends Drop {
  private readonly write: () => string
  private readonly value: unknown

  /** @param write is called when it is printed: most of what a text could name stands in none. */
  constructor(write: () => string, value: unknown) {
    super()
    this.write = write
    this.value = value
  }

  get title(): string {
    return this.write()
  }

  override valueOf(): unknown {
    return this.value
  }

  override toString(): string {
    return String(this.value)
  }
}

/** A day or a moment in full: «Tuesday, 24 November 2026, 09:30». */
export function shownMoment(value: string, { locale, timeZone }: Reader): Shown {
  return new Shown(() => {
    const isDay = isDate(value)
    const at = new Date(value)
    const written = (format: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
        timeZone: isDay ? 'UTC' : timeZone,
        ...format,
      }).format(at)
    const day = `${written({ weekday: 'long' })}, ${written({ dateStyle: 'long' })}`
    const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
    return isDay ? day : `${day}, ${written(time)}`
  }, value)
}

/** What prints as it is stored, or as the renderer writes it: amounts of money. */
const printedAsStored = new Set<CompiledField['type']>([
  'text',
  'longtext',
  'email',
  'url',
  'autonumber',
  'money',
  'user',
])
const systemMoments = ['createdAt', 'updatedAt', 'deletedAt', 'stageSince'] as const

/** The record for a text, with the related ones that stand in it. */
export function shownRecord(
  model: TenantModel,
  object: CompiledObject,
  record: PresentedRecord,
  reader: Reader,
): Record<string, unknown> {
  const shown = eachField(object, record, (field, value) => shownValue(field, value, reader))
  for (const name of systemMoments) {
    const moment = record[name]
    if (typeof moment === 'string') shown[name] = shownMoment(moment, reader)
  }
  const stage = object.stages.find(({ value }) => value === record.stage)
  if (stage && !object.field.has('stage'))
    shown.stage = new Shown(() => inLocale(stage.label, reader.locale), stage.value)
  return withRelated(model, object, shown, (other, one) => shownRecord(model, other, one, reader))
}

function shownValue(field: CompiledField, value: StoredValue, reader: Reader): unknown {
  if (printedAsStored.has(field.type)) return value
  if (field.type === 'date' || field.type === 'datetime') return shownMoment(value as string, reader)
  // A text says “%” itself where it wants one.
  const asNumber = field.type === 'percent' ? { ...field, type: 'number' as const } : field
  return new Shown(() => displayText(asNumber, value, reader.locale, reader.timeZone), value)
}

/** The record for a formula: amounts are numbers, days and moments ISO 8601. */
export function countableRecord(
  model: TenantModel,
  object: CompiledObject,
  record: PresentedRecord,
): Record<string, unknown> {
  const plain = eachField(object, record, ({ type }, value) =>
    type === 'money' ? Number((value as Money).amount) : value,
  )
  return withRelated(model, object, plain, (other, one) => countableRecord(model, other, one))
}

/** The record with the values of its own fields turned into something else. */
function eachField(
  object: CompiledObject,
  record: PresentedRecord,
  turn: (field: CompiledField, value: StoredValue) => unknown,
): Record<string, unknown> {
  const turned: Record<string, unknown> = { ...record }
  for (const field of object.fields) {
    const value = record[field.key] as StoredValue | null | undefined
    if (value != null && field.storage.kind !== 'links') turned[field.key] = turn(field, value)
  }
  return turned
}

/** The same for the related records that stand in it whole; of the others their titles are known. */
function withRelated(
  model: TenantModel,
  object: CompiledObject,
  record: Record<string, unknown>,
  turn: (object: CompiledObject, record: PresentedRecord) => unknown,
): Record<string, unknown> {
  const turnOne = (related: unknown): unknown => {
    const one = related as PresentedRecord | null
    const other = one && 'version' in one ? model.object.get(one.object) : undefined
    return other ? turn(other, one!) : one
  }
  for (const { key } of object.relations) {
    const related = record[key]
    if (related != null) record[key] = Array.isArray(related) ? related.map(turnOne) : turnOne(related)
  }
  return record
}
