/** Takes an import back: what it made goes to the trash, what it changed becomes what it was. */
import { conflict, notFound } from '@oneforge/kernel/errors'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import { deleteRecords, type ItemResult, type RecordContext, updateRecords } from '@oneforge/kernel/records'
import { retireUnneeded } from '@oneforge/modules/customization'
import type { JobError, JobRun, LongJobKind } from '@oneforge/modules/jobs'
import { changesAfter, countChanges, markUndone, readImport, type UndoRow } from './imports.store.ts'

interface Checkpoint {
  /** The last line of the file that was dealt with. */
  line: number
  /** Changes of the import. */
  changes: number
  deleted: number
  restored: number
  /** Changed by somebody since, and so left as they are. */
  kept: number
}

const batchSize = 500
const shownErrors = 100

export const undoKind: LongJobKind = { type: 'import.undo', source: 'undo', run: undoImport }

async function undoImport(run: JobRun): Promise<object> {
  const importId = String(run.job.input.importId)
  let errors = run.job.errors.filter((error) => error.line !== undefined)
  let checkpoint = (run.job.checkpoint as Checkpoint | null) ?? (await begin(run, importId))
  for (;;) {
    run.signal.throwIfAborted()
    const batch = await run.transaction((context) => undoBatch(context, run, importId, checkpoint, errors))
    if (!batch) break
    checkpoint = batch.checkpoint
    errors = batch.errors
  }
  const objectRemoved = await run.transaction((context) => finish(context, run, importId))
  return { ...resultOf(checkpoint, importId), ...(objectRemoved === undefined ? {} : { objectRemoved }) }
}

/** An object that was made for the file goes with the rows, unless it holds or means something else by now. */
async function finish(context: RecordContext, run: JobRun, importId: string): Promise<boolean | undefined> {
  const imported = await readImport(context.tx, run.tenantId, { id: importId })
  const object = imported && context.model.objectById.get(imported.object_id)
  await markUndone(context.tx, run.tenantId, importId)
  if (!object || !imported.options.createsObject) return undefined
  return retireUnneeded(context, object.slug)
}

const resultOf = ({ changes, deleted, restored, kept }: Checkpoint, importId: string): object => ({
  importId,
  total: changes,
  deleted,
  restored,
  kept,
})

const begin = (run: JobRun, importId: string): Promise<Checkpoint> =>
  run.transaction(async ({ tx }) => {
    const { created, updated } = await countChanges(tx, run.tenantId, importId)
    return { line: 0, changes: created + updated, deleted: 0, restored: 0, kept: 0 }
  })

/** Undefined when nothing is left. */
async function undoBatch(
  context: RecordContext,
  run: JobRun,
  importId: string,
  before: Checkpoint,
  known: JobError[],
): Promise<{ checkpoint: Checkpoint; errors: JobError[] } | undefined> {
  const { tx, model } = context
  const imported = await readImport(tx, run.tenantId, { id: importId })
  const object = imported && model.objectById.get(imported.object_id)
  if (!object) throw notFound('The object of this import')
  const rows = await changesAfter(tx, run.tenantId, importId, before.line, batchSize)
  if (rows.length === 0) return undefined
  const untouched = rows.filter(({ current, version }) => current && !current.deleted && current.version === version)
  const problems = rows.filter((row) => !untouched.includes(row)).map(changedSince)
  const deleted = await deleteCreated(context, object, untouched, problems)
  const restored = await restoreUpdated(context, object, untouched, problems)
  const checkpoint = {
    ...before,
    line: rows.at(-1)!.line,
    deleted: before.deleted + deleted,
    restored: before.restored + restored,
    kept: before.kept + problems.length,
  }
  const errors = [...known, ...problems].slice(0, shownErrors)
  const done = checkpoint.deleted + checkpoint.restored + checkpoint.kept
  const progress = Math.min(99, Math.floor((done / Math.max(1, checkpoint.changes)) * 100))
  await run.save(tx, { checkpoint, errors, progress, result: resultOf(checkpoint, importId) })
  return { checkpoint, errors }
}

function changedSince({ line, current }: UndoRow): JobError {
  if (!current) return { line, message: 'The record is gone for good' }
  const what = current.deleted ? 'deleted since and stays so' : 'changed since and stays as it is'
  return { line, message: `${current.record_number} has been ${what}` }
}

async function deleteCreated(
  context: RecordContext,
  object: CompiledObject,
  rows: UndoRow[],
  problems: JobError[],
): Promise<number> {
  const created = rows.filter((row) => row.action === 'created')
  if (created.length === 0) return 0
  const ids = created.map((row) => row.record_id)
  return countDone(await deleteRecords(context, object, ids), created, problems)
}

async function restoreUpdated(
  context: RecordContext,
  object: CompiledObject,
  rows: UndoRow[],
  problems: JobError[],
): Promise<number> {
  const updated = rows.filter((row) => row.action === 'updated')
  if (updated.length === 0) return 0
  const changes = updated.map((row) => ({ id: row.record_id, input: inputBefore(object, row) }))
  return countDone(await updateRecords(context, object, changes), updated, problems)
}

function countDone(results: ItemResult[], rows: UndoRow[], problems: JobError[]): number {
  for (const result of results) {
    if (result.success) continue
    const { line, current } = rows[result.index]!
    problems.push({ line, message: `${current?.record_number} stays as it is: ${result.error.message}` })
  }
  return results.filter((result) => result.success).length
}

/** The history knows links as lists of ids; the record store takes one id where one link is allowed. */
function inputBefore(object: CompiledObject, { before }: UndoRow): Record<string, unknown> {
  const input: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(before ?? {})) {
    const field = object.field.get(key)
    if (!field && key !== 'ownerId') continue
    const single = field?.type === 'relation' && !field.relation?.many
    input[key] = single && Array.isArray(value) ? (value[0] ?? null) : value
  }
  return input
}

/** Refuses what cannot be taken back, in words for whoever asked. */
export function requireUndoable(imported: { dry_run: boolean; undone_at: string | null }, status: string): void {
  if (imported.dry_run) throw conflict('This was a trial: it wrote nothing, so there is nothing to undo.')
  if (imported.undone_at) throw conflict('This import has been undone already.')
  if (status === 'pending' || status === 'processing') {
    throw conflict('The import is still running. Cancel it first, then undo what it has done.')
  }
}
