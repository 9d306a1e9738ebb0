/** Cells of a table: many records, each changed in its own way. */
import type { FieldProblem } from '@oneforge/kernel/errors'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import { defineOperation, type OperationContext } from '@oneforge/kernel/operations'
import {
  type ItemResult,
  judgeSettled,
  listRecords,
  type PresentedRecord,
  presentRecord,
  type RecordChange,
  updateRecords,
} from '@oneforge/kernel/records'
import { costOfBulk } from './records.costs.ts'
import { objectOf } from './records.requests.ts'
import { cellChanges, cellsChanged } from './records.schemas.ts'

export const updateCells = defineOperation({
  name: 'records.updateCells',
  kind: 'command',
  tag: 'Records',
  access: 'member',
  phi: true,
  summary: 'Change many records, each in its own way',
  description:
    'What is pasted into a table: values that are refused stay as they were, named in `refused`, and the others of the same record are written. A record that is not at the version named is left as it is; `error.current` shows it.',
  input: cellChanges,
  output: cellsChanged,
  cost: costOfBulk,
  http: { method: 'PATCH', path: '/{object}/bulk/cells' },
  async handler(context, input) {
    const object = objectOf(context, input.object)
    const changes = input.changes.map(({ id, version, updates }) => ({ id: id.toLowerCase(), version, input: updates }))
    const results = await writeWhatFits(context, object, changes)
    const records = await recordsNow(context, object, results)
    const shown = results.map((result) => (result.success ? { ...result, record: records.get(result.id) } : result))
    const updated = results.filter(({ success }) => success).length
    return { updated, failed: results.length - updated, results: shown }
  },
})

type CellResult = ItemResult & { refused?: FieldProblem[] }

/** Writes all, then those that were refused again without what they were refused for, until nothing more is written. */
async function writeWhatFits(
  context: OperationContext,
  object: CompiledObject,
  changes: RecordChange[],
): Promise<CellResult[]> {
  const results: CellResult[] = []
  const refused = new Map<number, FieldProblem[]>()
  let rest = changes.map((change, index) => ({ index, change }))
  while (rest.length > 0) {
    const written = await updateRecords(
      context,
      object,
      rest.map(({ change }) => change),
    )
    const again: typeof rest = []
    for (const [position, result] of written.entries()) {
      const { index, change } = rest[position]!
      const smaller = withoutRefused(change, result)
      if (smaller) {
        refused.set(index, [...(refused.get(index) ?? []), ...detailsOf(result)])
        again.push({ index, change: smaller })
      } else {
        results[index] = {
          ...result,
          index,
          ...(result.success && refused.has(index) && { refused: refused.get(index)! }),
        }
      }
    }
    rest = again
  }
  return results
}

const detailsOf = (result: ItemResult): FieldProblem[] => (result.success ? [] : (result.error.details ?? []))

/** What is left of the change without the fields it was refused for; undefined where it was refused as a whole. */
function withoutRefused(change: RecordChange, result: ItemResult): RecordChange | undefined {
  const fields = new Set(detailsOf(result).map(({ field }) => field))
  const named = Object.keys(change.input)
  const left = named.filter((key) => !fields.has(key))
  const isAboutThese = fields.size > 0 && [...fields].every((field) => field in change.input)
  if (!isAboutThese || left.length === 0) return undefined
  return { ...change, input: Object.fromEntries(left.map((key) => [key, change.input[key]])) }
}

/** The records that were written, with what is computed of them. */
async function recordsNow(
  context: OperationContext,
  object: CompiledObject,
  results: CellResult[],
): Promise<Map<string, PresentedRecord>> {
  const ids = results.flatMap((result) => (result.success ? [result.id] : []))
  if (ids.length === 0) return new Map()
  await judgeSettled(context)
  const { rows } = await listRecords(context, object, {
    filter: { field: 'id', op: 'in', value: ids },
    limit: ids.length,
    cursor: '',
  })
  return new Map(rows.map((row) => [row.id, presentRecord(context.model, context.policy, object, row)]))
}
