/** What records of any objects are called, for who may see them. */
import { scopeOf } from '@oneforge/kernel/access'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import { listRecords, presentRecord, type RecordContext } from '@oneforge/kernel/records'

export interface RecordReference {
  objectId: string
  recordId: string
}

export interface SeenTitle {
  object: CompiledObject
  /** The record's number where its title is not to be seen. */
  title: string
}

/** By record: those that the caller may see now. One question for each object that is among them. */
export async function seenTitles(
  context: RecordContext,
  references: RecordReference[],
): Promise<Map<string, SeenTitle>> {
  const seen = new Map<string, SeenTitle>()
  for (const [objectId, ids] of idsByObject(references)) {
    const object = context.model.objectById.get(objectId)
    if (!object || !scopeOf(context.policy, object, 'read')) continue
    for (const [id, title] of await titlesOf(context, object, [...ids])) seen.set(id, { object, title })
  }
  return seen
}

function idsByObject(references: RecordReference[]): Map<string, Set<string>> {
  const ids = new Map<string, Set<string>>()
  for (const { objectId, recordId } of references) ids.set(objectId, (ids.get(objectId) ?? new Set()).add(recordId))
  return ids
}

async function titlesOf(context: RecordContext, object: CompiledObject, ids: string[]): Promise<[string, string][]> {
  // Whatever location is looked at: what somebody has at hand stays there.
  const everywhere = { ...context, locationId: undefined }
  const filter = { field: 'id', op: 'in', value: ids }
  const { rows } = await listRecords(everywhere, object, { filter, limit: ids.length, page: 1, only: titleOnly })
  return rows.map((row) => {
    const { title, recordNumber } = presentRecord(context.model, context.policy, object, row, titleOnly)
    return [row.id, (title as string | null) || (recordNumber as string)]
  })
}

const titleOnly = new Set(['title', 'recordNumber'])
