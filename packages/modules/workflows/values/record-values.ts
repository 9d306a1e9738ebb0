/** Records as workflows read them: with the related records that a text, a formula or a condition names. */
import { memberRights } from '@oneforge/kernel/access'
import type { CompiledObject, TenantModel } from '@oneforge/kernel/metadata'
import {
  includeRelated,
  listRecords,
  type PresentedRecord,
  presentRecord,
  type RecordContext,
  readRow,
} from '@oneforge/kernel/records'
import type { Condition } from '../definition.ts'
import type { RecordReads, TargetRecord } from '../engine/action.ts'

/** A record that values are read from, wherever it stands. */
export interface RecordSource {
  object: CompiledObject
  /**
   * As the API shows it to the run, with the related records that lie on the ways.
   *
   * @param paths names from the record on: `['patient', 'full_name']`.
   */
  load(paths: string[][]): Promise<PresentedRecord>
  /** Whether it passes a filter. */
  passes(condition: Condition): Promise<boolean>
}

/**
 * @param options.deleted it may lie in the trash, and is read by itself.
 * @param options.reads how it is read otherwise.
 */
export function storedRecord(
  context: RecordContext,
  { object, id }: TargetRecord,
  { deleted = false, reads = oneByOne }: { deleted?: boolean; reads?: RecordReads } = {},
): RecordSource {
  const { row, passes } = deleted ? fromTrash : reads
  return {
    object,
    async load(paths) {
      const record = presentRecord(context.model, context.policy, object, await row(context, object, id))
      await bringRelated(context, object, record, paths)
      await bringPeople(context, object, record, paths)
      return record
    },
    passes: (condition) => passes(context, object, id, condition),
  }
}

const readsOf = (deleted: boolean): RecordReads => ({
  row: (context, object, id) => readRow(context, object, id, { deleted }),
  async passes(context, object, id, condition) {
    const filter = { and: [{ field: 'id', op: 'eq', value: id }, condition] }
    const { rows } = await listRecords(context, object, { filter, limit: 1, only: new Set(), deleted })
    return rows.length > 0
  },
})

const oneByOne = readsOf(false)
const fromTrash = readsOf(true)

async function bringRelated(
  context: RecordContext,
  object: CompiledObject,
  record: PresentedRecord,
  paths: string[][],
): Promise<void> {
  const ways = new Set(paths.map((path) => wayAlong(context.model, object, path).join('.')))
  ways.delete('')
  if (ways.size > 0) await includeRelated(context, object, [record], [...ways])
}

/** The relations that a path goes over, up to what it reads of the last record. */
function wayAlong(model: TenantModel, object: CompiledObject, [key, ...rest]: string[]): string[] {
  const relation = key === undefined ? undefined : object.relation.get(key)
  const beyond = relation?.many ? rest.filter((name) => !listSteps.test(name)) : rest
  if (!relation || beyond.length === 0) return []
  const onwards = relation.objects.map(({ id }) => wayAlong(model, model.objectById.get(id)!, beyond))
  return [relation.key, ...onwards.reduce((longest, way) => (way.length > longest.length ? way : longest), [])]
}

/** What texts say to take one of a list. */
const listSteps = /^(?:first|last|size|\d+)$/

/** Names under which a record's people stand, beside their ids. */
const people = { owner: 'ownerId', creator: 'createdBy' } as const

async function bringPeople(
  { tx, model }: RecordContext,
  object: CompiledObject,
  record: PresentedRecord,
  paths: string[][],
): Promise<void> {
  for (const [name, attribute] of Object.entries(people)) {
    if (object.field.has(name) || !paths.some(([first]) => first === name)) continue
    const id = record[attribute] as string | null
    const [member] = id ? await memberRights(tx, model.tenantId, [id]) : []
    record[name] = member ? { id, title: member.name, name: member.name, email: member.email } : null
  }
}
