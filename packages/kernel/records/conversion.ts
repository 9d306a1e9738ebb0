/** The values of a field in another type, for the records there are: tried out, and filled in batch by batch. */
import { type Row, sql } from '../database/index.ts'
import { type CompiledField, type CompiledObject, type FieldTwin, holdModel, storedKey } from '../metadata/index.ts'
import { convertValue, displayText, type StoredValue } from '../metadata/values/index.ts'
import type { FieldConversion } from './computed/deferred-work.ts'
import { type RecordContext, valueContext } from './context.ts'
import { twinValue, valueFieldOf } from './twins.ts'

/** Few enough that a change of metadata, and whoever writes behind it, never waits long for a batch to end. */
const batchSize = 100
const surveyBatch = 1_000
/** So many values are tried before a conversion; of larger objects the rest is not looked at. */
const mostSurveyed = 200_000
const mostSamples = 50

export interface ConversionSurvey {
  /** Values that were tried, of all that there are. */
  checked: number
  total: number
  convertible: number
  lost: number
  samples: { id: string; recordNumber: string; value: string; reason: string }[]
}

interface ValueRow extends Row {
  id: string
  record_number: string
  value: StoredValue
}

/** Fills the twin of the next records; those that are changed meanwhile fill it themselves. */
export async function convertRecords(
  context: RecordContext,
  { objectId, fieldId }: FieldConversion,
  after: string | undefined,
): Promise<{ after: string; count: number } | undefined> {
  const { model, tx } = context
  const field = model.objectById.get(objectId)?.fields.find(({ id }) => id === fieldId)
  if (!field?.twin) return undefined
  const statement = sql`select id, record_number, data -> ${storedKey(field)}::text as value from records
    where tenant_id = ${model.tenantId} and object_id = ${objectId} ${after ? sql`and id > ${after}::uuid` : sql``}
    order by id limit ${batchSize} for no key update`
  const rows = (await tx.batch<ValueRow>([...holdModel(model), statement])).at(-1)!
  if (rows.length === 0) return undefined
  await tx.query(filled(model.tenantId, field, field.twin, context, rows))
  return { after: rows.at(-1)!.id, count: rows.length }
}

function filled(
  tenantId: string,
  field: CompiledField,
  { definition }: FieldTwin,
  context: RecordContext,
  rows: ValueRow[],
) {
  const input = rows.flatMap(({ id, value }) => {
    const converted = twinValue(context, field, definition, value ?? undefined)
    return converted === undefined ? [] : [{ id, value: converted }]
  })
  return sql`update records r set data = jsonb_set(r.data, array[${definition.storedAs!}::text], i.value)
    from jsonb_to_recordset(${JSON.stringify(input)}::jsonb) as i(id uuid, value jsonb)
    where r.tenant_id = ${tenantId} and r.id = i.id`
}

/** Tries the values there are in the other type. */
export async function surveyConversion(
  context: RecordContext,
  object: CompiledObject,
  field: CompiledField,
  definition: FieldTwin['definition'],
): Promise<ConversionSurvey> {
  const { model, tx, locale } = context
  const target = valueFieldOf(definition)
  const moment = { ...valueContext(context), locale: model.locale }
  const survey: ConversionSurvey = { checked: 0, total: 0, convertible: 0, lost: 0, samples: [] }
  const key = storedKey(field)
  const having = sql`tenant_id = ${model.tenantId} and object_id = ${object.id} and data ? ${key}`
  const [row] = await tx.query<{ total: number }>(sql`select count(*) as total from records where ${having}`)
  survey.total = row!.total
  for (let after: string | undefined; survey.checked < mostSurveyed; ) {
    const rows: ValueRow[] = await tx.query<ValueRow>(sql`select id, record_number, data -> ${key}::text as value
      from records where ${having} ${after ? sql`and id > ${after}::uuid` : sql``} order by id limit ${surveyBatch}`)
    for (const { id, record_number: recordNumber, value } of rows) {
      const converted = convertValue(field, target, value, moment)
      survey.checked += 1
      if (converted.ok) survey.convertible += 1
      else {
        survey.lost += 1
        const shown = displayText(field, value, locale, model.timeZone).slice(0, 200)
        if (survey.samples.length < mostSamples) {
          survey.samples.push({ id, recordNumber, value: shown, reason: converted.message })
        }
      }
    }
    after = rows.at(-1)?.id
    if (rows.length < surveyBatch) break
  }
  return survey
}

/** The different values of a field, as many as asked for. */
export async function distinctTexts(
  { model, tx }: RecordContext,
  object: CompiledObject,
  field: CompiledField,
  most: number,
): Promise<string[]> {
  const rows = await tx.query<{ value: string }>(sql`select distinct trim(data ->> ${storedKey(field)}::text) as value
    from records where tenant_id = ${model.tenantId} and object_id = ${object.id} and data ? ${storedKey(field)}
    order by 1 limit ${most}`)
  return rows.map(({ value }) => value).filter(Boolean)
}
