/**
 * Columns that say why records come into a stage and what was done in the one before. They are mapped to
 * `stageMoves.{pipeline}.reason`, `.note` and `.done`, as a change of one record names them.
 */
import { type CompiledField, type CompiledObject, inLocale, type PipelineDefinition } from '@oneforge/kernel/metadata'
import { foldText } from '@oneforge/kernel/metadata/values'
import { normalName } from './synonyms.ts'

export type MovePart = 'reason' | 'note' | 'done'

export interface MoveColumn {
  key: string
  pipeline: PipelineDefinition
  part: MovePart
}

export type MappedMove = MoveColumn & { column: number }

/** What of the moves through the object's pipelines this caller can fill: where stages give reasons or have a checklist. */
export function moveColumns(object: CompiledObject, writable: CompiledField[]): MoveColumn[] {
  const mine = object.pipelines.filter(({ field }) => writable.some(({ key }) => key === field))
  return mine.flatMap((pipeline) => {
    const hasReasons = pipeline.stages.some(({ reasons }) => reasons)
    const hasChecklist = pipeline.stages.some(({ checklist = [] }) => checklist.length > 0)
    const parts: MovePart[] = [
      ...(hasReasons ? (['reason', 'note'] as const) : []),
      ...(hasChecklist ? (['done'] as const) : []),
    ]
    return parts.map((part) => ({ key: `stageMoves.${pipeline.key}.${part}`, pipeline, part }))
  })
}

const reasonNames = new Set(
  ['reason', 'lost reason', 'loss reason', 'closed lost reason', 'motivo', 'motivo de pérdida', 'razón'].map(
    normalName,
  ),
)

/** The column of reasons, where only one pipeline has any. */
export function reasonColumn(moves: MoveColumn[], header: string[]): { index: number; key: string } | undefined {
  const reasons = moves.filter(({ part }) => part === 'reason')
  const index = header.findIndex((name) => reasonNames.has(normalName(name)))
  return reasons.length === 1 && index >= 0 ? { index, key: reasons[0]!.key } : undefined
}

/** `stageMoves` of a row; undefined where its cells are empty. */
export function movesInput(
  mapped: MappedMove[],
  values: string[],
  input: Record<string, unknown>,
): Record<string, object> | undefined {
  const moves: Record<string, Record<string, unknown>> = {}
  for (const { pipeline, part, column } of mapped) {
    const text = values[column]?.trim()
    if (!text) continue
    const said = moves[pipeline.key] ?? {}
    moves[pipeline.key] = said
    if (part === 'note') said.note = text
    else if (part === 'done') said.done = text.split(/[;,\n]/).flatMap((item) => itemOf(pipeline, item.trim()))
    else said.reason = reasonOf(pipeline, text, input[pipeline.field])
  }
  return Object.keys(moves).length > 0 ? moves : undefined
}

const isCalled = (text: string, names: string[]): boolean => names.some((name) => foldText(name) === foldText(text))

/** By value or label; of the stage that the row names before others. What no stage knows is told by the record store. */
function reasonOf({ stages }: PipelineDefinition, text: string, stage: unknown): string {
  const first = stages.filter(({ value }) => value === stage)
  const options = [...first, ...stages].flatMap(({ reasons }) => reasons?.options ?? [])
  return options.find(({ value, label }) => isCalled(text, [value, ...Object.values(label)]))?.value ?? text
}

function itemOf({ stages }: PipelineDefinition, text: string): string[] {
  if (text === '') return []
  const items = stages.flatMap(({ checklist = [] }) => checklist)
  return [items.find(({ key, label }) => isCalled(text, [key, ...Object.values(label)]))?.key ?? text]
}

/** How a problem of a move is called for people: after its pipeline. */
export function nameOfMove(object: CompiledObject, key: string, locale: string): string {
  const pipeline = object.pipelines.find((one) => key.startsWith(`stageMoves.${one.key}.`))
  return pipeline ? inLocale(pipeline.label, locale) : key
}
