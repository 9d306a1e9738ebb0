/** Formulas tried out: on a record before the field is there, and on records that have no value to find out why. */
import { requireAction } from '../../access/index.ts'
import { allOf, type RawBuilder, sql } from '../../database/index.ts'
import { type ComputedField, computedGraph, FormulaFailure, planDraft } from '../../expressions/index.ts'
import { type CompiledField, type CompiledObject, storedKey } from '../../metadata/index.ts'
import type { StoredValue, ValueField } from '../../metadata/values/index.ts'
import type { RecordContext } from '../context.ts'
import { select } from '../list.ts'
import { readRow } from '../read.ts'
import { type PresentedRecord, presentRecord, type RecordRow, recordColumns } from '../row.ts'
import { type FarValues, formulaOutcome } from './own.ts'
import { sourceStatement } from './source-values.ts'

export interface Outcome {
  value: StoredValue | null
  /** Why there is none, where that is worth knowing. */
  failure?: string
}

function outcomeOf(context: RecordContext, computed: ComputedField, row: RecordRow, far: FarValues): Outcome {
  try {
    return { value: formulaOutcome(context, computed, row.data, far) }
  } catch (error) {
    if (error instanceof FormulaFailure) return { value: null, failure: error.message }
    throw error
  }
}

/** What the expression gives for a record that the caller may read, as the value of such a field. */
export async function tryFormula(
  context: RecordContext,
  object: CompiledObject,
  id: string,
  expression: string,
  field: ValueField,
): Promise<Outcome> {
  const row = await readRow(context, object, id)
  const computed = planDraft(context.model, object, field, expression)
  const [far] = await farValuesOf(context, computed, [id])
  return outcomeOf(context, computed, row, far ?? {})
}

async function farValuesOf(context: RecordContext, computed: ComputedField, ids: string[]): Promise<FarValues[]> {
  const statement = sourceStatement(context, computed, ids)
  if (!statement) return []
  const rows = await context.tx.query<{ id: string; value: FarValues }>(statement)
  const byId = new Map(rows.map(({ id, value }) => [id, value]))
  return ids.map((id) => byId.get(id) ?? {})
}

const mostTried = 1_000
const mostShown = 20

interface FailingRecords {
  checked: number
  failing: number
  examples: { id: string; recordNumber: string; title: string | null; message: string }[]
}

/** Records without a value of the formula, as far as there is a reason for it: a division by zero, two currencies. */
export async function failingRecords(
  context: RecordContext,
  object: CompiledObject,
  field: CompiledField,
): Promise<FailingRecords> {
  requireAction(context.policy, object, 'read')
  const computed = computedGraph(context.model).byField.get(field)!
  const conditions: RawBuilder<unknown>[] = [
    ...select(context, object, {}).conditions,
    sql`not r.data ? ${storedKey(field)}`,
  ]
  const rows = await context.tx.query<RecordRow>(sql`select ${recordColumns(context.model, context.policy, object)}
    from records r where ${allOf(conditions)} order by r.id limit ${mostTried}`)
  const far = await farValuesOf(
    context,
    computed,
    rows.map(({ id }) => id),
  )
  const failures = rows.flatMap((row, index) => {
    const { failure } = outcomeOf(context, computed, row, far[index] ?? {})
    return failure === undefined ? [] : [exampleOf(presentRecord(context.model, context.policy, object, row), failure)]
  })
  return { checked: rows.length, failing: failures.length, examples: failures.slice(0, mostShown) }
}

const exampleOf = ({ id, recordNumber, title }: PresentedRecord, message: string) => ({
  id,
  recordNumber: recordNumber as string,
  title: (title as string | null) ?? null,
  message,
})
