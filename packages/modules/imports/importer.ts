/**
 * Runs an import: a first pass over the file tells how many rows it has and how its columns write dates and numbers, a
 * second one imports it in batches. Each batch is one transaction with everything that follows from it, the checkpoint
 * included, so a run that is killed goes on exactly behind the last batch that took effect.
 */
import { type FieldProblem, notFound, validationError } from '@oneforge/kernel/errors'
import { type CompiledObject, inLocale } from '@oneforge/kernel/metadata'
import type { RecordContext } from '@oneforge/kernel/records'
import type { FileStorage } from '@oneforge/modules/files'
import type { JobError, JobRun, JobState, LongJobKind } from '@oneforge/modules/jobs'
import { importRows, type RowOutcome, tryRows } from './batch.ts'
import { type Notation, NotationSurvey } from './cells.ts'
import { openTable, type Table, type TableRow } from './formats/table.ts'
import { dropKeys, type ImportRow, insertBatch, readImport, readKeys, readUpload } from './imports.store.ts'
import type { RowMapping } from './mapping.ts'
import { nameOfMove } from './moves.ts'
import { chosenNotation, type ImportPlan, planImport } from './plan.ts'

export interface ImportCounts {
  total: number
  created: number
  updated: number
  unchanged: number
  duplicates: number
  refused: number
  /** Of the new ones, those that may be the same as another record. */
  alike: number
}

/** Where an import stands. */
interface Checkpoint {
  /** The last line that was dealt with; 0 before the first. */
  line: number
  /** Rows of the file. */
  rows: number
  notations: Record<string, Notation>
  counts: ImportCounts
}

const batchSize = 500
const shownErrors = 100

export const importKind = (storage: FileStorage): LongJobKind => ({
  type: 'import',
  source: 'import',
  run: (run) => runImport(run, storage),
})

async function runImport(run: JobRun, storage: FileStorage): Promise<object> {
  const { imported, storageKey } = await run.transaction((context) => loadImport(context, run))
  const file = await storage.open(storageKey)
  try {
    const table = await openTable(file.path, imported.options)
    const importing = new Importing(run, imported, table)
    await importing.begin()
    await importing.importRest()
    return await importing.end()
  } finally {
    await file.release()
  }
}

async function loadImport(context: RecordContext, run: JobRun): Promise<{ imported: ImportRow; storageKey: string }> {
  const imported = await readImport(context.tx, run.tenantId, { jobId: run.job.id })
  if (!imported) throw notFound('The import')
  const upload = await readUpload(context.tx, run.tenantId, imported.upload_id)
  if (!upload?.storage_key)
    throw validationError([], 'The file is not kept any more. Upload it again and import it anew.')
  return { imported, storageKey: upload.storage_key }
}

/** One run over one file. */
class Importing {
  private readonly run: JobRun
  private readonly imported: ImportRow
  private readonly table: Table
  private checkpoint: Checkpoint
  private errors: JobError[]

  constructor(run: JobRun, imported: ImportRow, table: Table) {
    this.run = run
    this.imported = imported
    this.table = table
    // What made an earlier run fail is no longer true.
    this.errors = run.job.errors.filter((error) => error.line !== undefined)
    this.checkpoint = (run.job.checkpoint as Checkpoint | null) ?? {
      line: 0,
      rows: 0,
      notations: {},
      counts: { total: 0, created: 0, updated: 0, unchanged: 0, duplicates: 0, refused: 0, alike: 0 },
    }
  }

  /** The first pass, unless an earlier run has made it. */
  async begin(): Promise<void> {
    if (this.run.job.checkpoint) return
    const { mapping, defaults } = await this.run.transaction(async (context) => this.plan(context))
    const { rows, notations } = await surveyColumns(this.table, mapping, defaults, this.imported, this.run.signal)
    this.checkpoint = { ...this.checkpoint, rows, notations }
    await this.run.transaction(({ tx }) => this.run.save(tx, this.state(this.checkpoint, this.errors)))
  }

  async importRest(): Promise<void> {
    for await (const rows of inBatches(this.table.rows(), this.checkpoint.line)) {
      this.run.signal.throwIfAborted()
      const { checkpoint, errors } = await this.run.transaction((context) => this.batch(context, rows))
      this.checkpoint = checkpoint
      this.errors = errors
    }
  }

  async end(): Promise<object> {
    const { id } = this.imported
    while (await this.run.transaction(({ tx }) => dropKeys(tx, this.run.tenantId, id))) {
      // Piece by piece: the keys of a million rows would take one statement too long.
    }
    return this.result(this.checkpoint)
  }

  /** Changes nothing of this object: the transaction may be run again. */
  private async batch(
    context: RecordContext,
    rows: TableRow[],
  ): Promise<{ checkpoint: Checkpoint; errors: JobError[] }> {
    const { tx } = context
    const { tenantId } = this.run
    const plan = this.plan(context)
    const claimed = (keys: string[]) => readKeys(tx, tenantId, this.imported.id, keys)
    const trial = this.imported.dry_run
    const outcomes = await (trial ? tryRows : importRows)(context, plan, rows, claimed)
    await insertBatch(tx, tenantId, {
      importId: this.imported.id,
      jobId: this.run.job.id,
      ...leftBehind(outcomes, trial, (key) => nameOf(plan.object, key, context.locale)),
    })
    const checkpoint = {
      ...this.checkpoint,
      line: rows.at(-1)!.line,
      counts: addedUp(this.checkpoint.counts, outcomes),
    }
    const errors = [...this.errors, ...errorsOf(outcomes)].slice(0, shownErrors)
    await this.run.save(tx, this.state(checkpoint, errors))
    return { checkpoint, errors }
  }

  private plan(context: RecordContext): ImportPlan {
    const object = context.model.objectById.get(this.imported.object_id)
    if (!object) throw notFound('The object of this import')
    const { header, options } = this.imported
    const plan = planImport(context, object, header, options, this.table.format.kind)
    return { ...plan, notations: this.checkpoint.notations }
  }

  private state(checkpoint: Checkpoint, errors: JobError[]): JobState {
    const done = checkpoint.rows === 0 ? 0 : Math.floor((checkpoint.counts.total / checkpoint.rows) * 100)
    return { checkpoint, errors, result: this.result(checkpoint), progress: Math.min(done, 99) }
  }

  private result({ counts }: Checkpoint): object {
    const { id, dry_run: dryRun, options } = this.imported
    const refused = counts.refused + counts.duplicates > 0
    const createsObject = options.createsObject === true
    return {
      ...counts,
      dryRun,
      importId: id,
      undoable: createsObject || (!dryRun && counts.created + counts.updated > 0),
      ...(createsObject ? { createsObject } : {}),
      ...(refused ? { refusedUrl: `/api/v1/jobs/${this.run.job.id}/refused` } : {}),
    }
  }
}

/** Counts the rows and finds out how each dated or numeric column is written. */
async function surveyColumns(
  table: Table,
  mapping: RowMapping,
  defaults: Notation,
  { options }: ImportRow,
  signal: AbortSignal,
): Promise<{ rows: number; notations: Record<string, Notation> }> {
  const surveys = mapping.fields.map((mapped) => ({ ...mapped, survey: new NotationSurvey(mapped.field.type) }))
  let rows = 0
  for await (const { values } of table.rows()) {
    if (rows % 1_000 === 0) signal.throwIfAborted()
    rows += 1
    for (const { columns, survey } of surveys) survey.observe(values[columns[0]!] ?? '')
  }
  const chosen = chosenNotation(options)
  const decided = surveys.map(({ field, survey }) => [field.key, survey.decide(defaults, chosen).notation] as const)
  return { rows, notations: Object.fromEntries(decided) }
}

async function* inBatches(rows: AsyncIterable<TableRow>, afterLine: number): AsyncGenerator<TableRow[]> {
  let batch: TableRow[] = []
  for await (const row of rows) {
    if (row.line <= afterLine) continue
    batch.push(row)
    if (batch.length < batchSize) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

/** What is kept of a batch. A trial claims keys as well, so that it counts the same duplicates. */
function leftBehind(
  outcomes: RowOutcome[],
  trial: boolean,
  nameOfField: (key: string) => string,
): Omit<Parameters<typeof insertBatch>[2], 'importId' | 'jobId'> {
  const left: ReturnType<typeof leftBehind> = { keys: [], changes: [], refused: [] }
  for (const outcome of outcomes) {
    const { line, values, keys } = outcome.row
    if ('problems' in outcome) {
      left.refused.push({ line, values: values.map(storable), reason: reasonOf(outcome.problems, nameOfField) })
      continue
    }
    left.keys.push(...keys.map((key) => ({ key, line })))
    if (outcome.kind === 'unchanged' || trial) continue
    left.changes.push({ record_id: outcome.recordId, line, action: outcome.kind, version: outcome.version })
  }
  return left
}

/** PostgreSQL's JSON holds neither NUL nor half a surrogate pair. */
const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '\ufffd')

/** For people: fields are called what the workspace calls them. */
const reasonOf = (problems: FieldProblem[], nameOfField: (key: string) => string): string =>
  storable(problems.map(({ field, message }) => (field ? `${nameOfField(field)}: ${message}` : message)).join('; '))

function nameOf(object: CompiledObject, key: string, locale: string): string {
  const field = object.field.get(key)
  return field ? inLocale(field.label, locale) : nameOfMove(object, key, locale)
}

function addedUp(counts: ImportCounts, outcomes: RowOutcome[]): ImportCounts {
  const sum = { ...counts, total: counts.total + outcomes.length }
  for (const outcome of outcomes) {
    if (outcome.kind === 'duplicate') sum.duplicates += 1
    else sum[outcome.kind] += 1
    if (outcome.kind === 'created' && outcome.mayBeAnother) sum.alike += 1
  }
  return sum
}

const errorsOf = (outcomes: RowOutcome[]): JobError[] =>
  outcomes.flatMap((outcome) =>
    'problems' in outcome
      ? outcome.problems.map(({ field, message }) => ({
          line: outcome.row.line,
          ...(field ? { field } : {}),
          message: storable(message),
        }))
      : [],
  )
