/** What a move through a pipeline asks for before the server lets it through. */
import type { ChecklistItem, FieldMeta, ObjectMeta, Pipeline, RecordData, Stage } from '@oneforge/client'
import { client } from '../api/client.ts'
import { isEmptyValue } from '../fields/format.ts'
import { stageOf } from './pipelines.ts'

export interface StageQuestion {
  pipeline: Pipeline
  to: Stage
  /** Fields that the stage requires and that are empty. */
  fields: FieldMeta[]
  /** Items of the checklist that must be done and are not. */
  items: ChecklistItem[]
  record: RecordData
}

/** Whether the stage may follow the one where the record stands. */
export function mayFollow(pipeline: Pipeline, from: string | null, to: string | null): boolean {
  const moves = stageOf(pipeline, from)?.moves
  return !moves || from === to || (to !== null && moves.includes(to))
}

/** Null where nothing is asked. A list holds only some values of its records: the others are fetched. */
export async function questionOf(
  object: ObjectMeta,
  pipeline: Pipeline,
  record: RecordData,
  value: string | null,
): Promise<StageQuestion | null> {
  const from = stageOf(pipeline, record[pipeline.field])
  const to = stageOf(pipeline, value)
  if (!to || !mayFollow(pipeline, from?.value ?? null, value)) return null
  const asked = (from?.checklist ?? []).filter((item) => item.required && to.kind !== 'lost')
  if (to.requires.length === 0 && asked.length === 0 && !to.reasons) return null
  const [full, stays] = await Promise.all([
    to.requires.every((key) => key in record) ? record : client.records.get(object.slug, record.id),
    asked.length > 0 ? client.pipelines.stays(object.slug, record.id) : [],
  ])
  const here = stays.find((stay) => stay.pipeline === pipeline.key && !stay.leftAt)
  const items = asked.filter(({ key }) => !here?.ticks.some(({ item }) => item === key))
  const fields = object.fields.filter(({ key }) => to.requires.includes(key) && isEmptyValue(full[key]))
  if (fields.length === 0 && items.length === 0 && !to.reasons) return null
  return { pipeline, to, fields, items, record: full }
}
