/** Holds moves to what their pipeline asks for: which stage may follow, what must be known, why, and what must be done. */
import { atBest } from '../../access/index.ts'
import type { FieldProblem } from '../../errors/index.ts'
import { type CompiledField, type CompiledObject, inLocale, type StageDefinition } from '../../metadata/index.ts'
import type { RecordContext } from '../context.ts'
import type { ParsedInput } from '../parsed.ts'
import type { RecordData } from '../project.ts'
import { accessOfField } from '../relations.ts'
import { isEmptyValue, type StoredRecord } from '../rules/state.ts'
import { type StageChange, stageChanges, stageOf } from './moves.ts'

type Viewer = Pick<RecordContext, 'model' | 'policy' | 'locale'>

interface Move extends StageChange {
  viewer: Viewer
  object: CompiledObject
  input: ParsedInput
  record?: StoredRecord
}

/** What stands against the moves that a change means; each problem is named so that a page can ask for what is missing. */
export function stageProblems(
  viewer: Viewer,
  object: CompiledObject,
  input: ParsedInput,
  record?: StoredRecord,
): FieldProblem[] {
  if (object.pipelines.length === 0) return []
  const before = record?.data ?? {}
  return stageChanges(object, before, dataAfter(object, before, input), input.stageMoves).flatMap((change) =>
    moveProblems({ ...change, viewer, object, input, record }),
  )
}

function dataAfter(object: CompiledObject, before: RecordData, input: ParsedInput): RecordData {
  const data = { ...before }
  for (const { field } of object.pipelines) {
    const value = input.values.get(field)
    if (value === null) delete data[field]
    else if (value !== undefined) data[field] = value
  }
  return data
}

function moveProblems(move: Move): FieldProblem[] {
  const { pipeline, before, after } = move
  const from = stageOf(pipeline, before)
  const to = stageOf(pipeline, after)
  return [
    ...(from ? followProblems(move, from) : []),
    ...(to ? [...requiredProblems(move, to), ...reasonProblems(move, to)] : []),
    ...(from && to?.kind !== 'lost' ? checklistProblems(move, from) : []),
  ]
}

const named = ({ viewer }: Move, { label }: Pick<StageDefinition, 'label'>): string => inLocale(label, viewer.locale)

function followProblems(move: Move, from: StageDefinition): FieldProblem[] {
  const { pipeline, field, after } = move
  if (!from.moves || (after !== null && from.moves.includes(after))) return []
  const possible = from.moves
    .flatMap((value) => stageOf(pipeline, value) ?? [])
    .map((stage) => `“${named(move, stage)}”`)
  const to = stageOf(pipeline, after)
  const way = to
    ? `cannot go from “${named(move, from)}” to “${named(move, to)}”`
    : `cannot leave “${named(move, from)}” empty`
  const next = possible.length > 0 ? `it goes on to ${possible.join(', ')}` : 'it is where the way ends'
  return [{ field: field.key, message: `${way}: ${next}` }]
}

function requiredProblems(move: Move, to: StageDefinition): FieldProblem[] {
  const { object, viewer, field: stageField } = move
  const someRecord = { model: viewer.model, policy: atBest(viewer.policy) }
  return (to.requires ?? []).flatMap((key) => {
    const field = object.field.get(key)
    if (!field || !isEmptyAfter(move, field)) return []
    const isSeen = accessOfField(someRecord, object, field) !== 'hidden'
    return isSeen
      ? [{ field: key, message: `is required to enter “${named(move, to)}”` }]
      : [
          {
            field: stageField.key,
            message: `cannot enter “${named(move, to)}” yet: something is missing that your role does not see`,
          },
        ]
  })
}

function isEmptyAfter({ object, input, record }: Move, field: CompiledField): boolean {
  const relation = field.storage.kind === 'links' ? object.relation.get(field.key) : undefined
  if (relation) return (input.links.get(relation) ?? record?.links.get(relation.relationId) ?? []).length === 0
  const value = input.values.get(field.key)
  return isEmptyValue(value === undefined ? record?.data[field.key] : value)
}

function reasonProblems(move: Move, { reasons, ...to }: StageDefinition): FieldProblem[] {
  const field = `stageMoves.${move.pipeline.key}.reason`
  if (move.reason !== undefined) {
    const isKnown = reasons?.options.some(({ value }) => value === move.reason)
    if (isKnown) return []
    const known = (reasons?.options ?? []).map(({ value }) => value).join(', ')
    return [{ field, message: known ? `must be one of ${known}` : `is not asked for in “${named(move, to)}”` }]
  }
  return reasons?.required ? [{ field, message: `is required to enter “${named(move, to)}”` }] : []
}

function checklistProblems(move: Move, { checklist = [], ...from }: StageDefinition): FieldProblem[] {
  const ticked = new Set([...(move.record?.ticks?.[move.field.id] ?? []), ...move.done])
  return checklist
    .filter(({ key, required }) => required && !ticked.has(key))
    .map((item) => ({
      field: `stageMoves.${move.pipeline.key}.done.${item.key}`,
      message: `“${named(move, item)}” must be done before the record leaves “${named(move, from)}”`,
    }))
}

/** What keeps a record in the trash from coming back: a stage that its pipeline does not have any more. */
export function standingProblems(object: CompiledObject, data: RecordData): FieldProblem[] {
  return object.pipelines.flatMap((pipeline) => {
    const value = data[pipeline.field]
    return value === undefined || stageOf(pipeline, value)
      ? []
      : [{ field: pipeline.field, message: `stands in “${String(value)}”, which is no stage any more` }]
  })
}
