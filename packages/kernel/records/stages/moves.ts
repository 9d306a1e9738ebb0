/** Moves through pipelines: what a change of values means for the stages that a record stands in. */
import type { FieldProblem } from '../../errors/index.ts'
import type { CompiledField, CompiledObject, PipelineDefinition, StageDefinition } from '../../metadata/index.ts'
import type { RecordData } from '../project.ts'

/** What is said along with a move: why, and what of the checklist is done. */
export interface StageMove {
  reason?: string
  note?: string
  done: string[]
}

/** A record's way from one stage of a pipeline to another; null is out of the pipeline, as a new record is. */
export interface StageChange extends StageMove {
  pipeline: PipelineDefinition
  field: CompiledField
  before: string | null
  after: string | null
}

export const stageOf = (pipeline: PipelineDefinition, value: unknown): StageDefinition | undefined =>
  pipeline.stages.find((stage) => stage.value === value)

/** Where the values before and after stand in different stages. */
export function stageChanges(
  object: CompiledObject,
  before: RecordData,
  after: RecordData,
  said: ReadonlyMap<string, StageMove> = new Map(),
): StageChange[] {
  return object.pipelines.flatMap((pipeline) => {
    const field = object.field.get(pipeline.field)
    const [from, to] = [stageIn(before, pipeline), stageIn(after, pipeline)]
    return field && from !== to
      ? [{ done: [], ...said.get(pipeline.key), pipeline, field, before: from, after: to }]
      : []
  })
}

const stageIn = (data: RecordData, { field }: PipelineDefinition): string | null =>
  (data[field] as string | undefined) ?? null

const mostNote = 2_000

/** Reads `stageMoves`: {pipeline key: {reason, note, done}}. */
export function parseStageMoves(
  object: CompiledObject,
  input: unknown,
  problems: FieldProblem[],
): Map<string, StageMove> {
  const moves = new Map<string, StageMove>()
  if (input === null || input === undefined) return moves
  if (!isPlain(input)) {
    problems.push({ field: 'stageMoves', message: 'must be an object: what is said of each pipeline, by its key' })
    return moves
  }
  for (const [key, said] of Object.entries(input)) {
    const at = `stageMoves.${key}`
    if (!object.pipelines.some((pipeline) => pipeline.key === key)) {
      problems.push({ field: at, message: `is not a pipeline of ${object.slug}` })
    } else if (!isPlain(said)) {
      problems.push({ field: at, message: 'must be an object with reason, note and done' })
    } else {
      moves.set(key, parseMove(said, at, problems))
    }
  }
  return moves
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function parseMove(said: Record<string, unknown>, at: string, problems: FieldProblem[]): StageMove {
  const { reason, note, done, ...rest } = said
  for (const key of Object.keys(rest)) problems.push({ field: `${at}.${key}`, message: 'is not known here' })
  const isText = (value: unknown): value is string =>
    typeof value === 'string' && value.length <= mostNote && value.isWellFormed() && !value.includes('\0')
  for (const [key, value] of [
    ['reason', reason],
    ['note', note],
  ] as const) {
    if (value != null && !isText(value))
      problems.push({ field: `${at}.${key}`, message: `must be a text of at most ${mostNote} characters` })
  }
  const isList = done === undefined || (Array.isArray(done) && done.length <= 100 && done.every(isText))
  if (!isList) problems.push({ field: `${at}.done`, message: 'must be a list of keys of the checklist' })
  return {
    ...(isText(reason) && reason !== '' ? { reason } : {}),
    ...(isText(note) && note.trim() !== '' ? { note: note.trim() } : {}),
    done: isList && done ? [...new Set(done as string[])] : [],
  }
}
