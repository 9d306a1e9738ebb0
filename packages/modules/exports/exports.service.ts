/** Lists as files: streamed to whoever asks, or written by a job to be fetched later. */
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import type { Database } from '@oneforge/kernel/database'
import { notFound, validationError } from '@oneforge/kernel/errors'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import {
  countStatement,
  type ListResult,
  listRecords,
  type PresentedRecord,
  presentRecord,
  type RecordContext,
  select,
  visibleObject,
} from '@oneforge/kernel/records'
import { requireStorage } from '@oneforge/kernel/tenancy'
import type { FileStorage } from '@oneforge/modules/files'
import { type AcceptedJob, type JobRun, type LongJobKind, type LongJobs, ownJob } from '@oneforge/modules/jobs'
import { type ExportColumn, exportColumns } from './export-cells.ts'
import { expireExports, readPeople } from './exports.store.ts'
import { contentTypes, csvStream, type ExportFormat, jsonStream, xlsxStream } from './formats.ts'

export interface ExportQuery {
  object: string
  format: ExportFormat
  filter?: unknown
  search?: string
  sort?: string[]
  fields?: string[]
  deleted?: boolean
  /** Where the page was switched to when a job was asked for. */
  locationId?: string
}

export interface ExportedFile {
  fileName: string
  contentType: string
  body: ReadableStream<Uint8Array>
}

const pageSize = 500
const maxFileBytes = 5 * 1024 ** 3

/** Runs `work` in a transaction that sees what the caller of the export may see. */
type InTransaction = <T>(work: (context: RecordContext) => Promise<T>) => Promise<T>

export class ExportService {
  private readonly storage: FileStorage
  private readonly longJobs: LongJobs

  constructor({ storage, longJobs }: { storage: FileStorage; longJobs: LongJobs }) {
    this.storage = storage
    this.longJobs = longJobs
    longJobs.register(this.kind())
  }

  /** The first page is read before anything is sent, so that what is wrong with the query is still answered as such. */
  async stream(context: OperationContext, query: ExportQuery): Promise<ExportedFile> {
    const object = exportedObject(context, query.object)
    const { database, model } = context
    const columns = await readColumns(context, object, query)
    const pages = readPages(ownTransactions(database, context), object, query)
    const first = await pages.next()
    if (context.trail.isKept) context.trail.counted(await countRecords(context, object, query))
    const rest = startingWith(first, pages)
    const body = fileOf(query.format, columns, recordsOf(rest, model, context, object, query))
    return { fileName: fileName(query, context.now), contentType: contentTypes[query.format], body }
  }

  /** The same as a job, for lists that take longer than one likes to wait. */
  async start(context: OperationContext, query: ExportQuery): Promise<AcceptedJob> {
    const { tx, model } = context
    const object = exportedObject(context, query.object)
    await readColumns(context, object, query)
    // What is wrong with the filter is said now, not by the job.
    select(context, object, query, 'export')
    const expired = await expireExports(tx, model.tenantId)
    tx.onCommit(() => {
      for (const id of expired) this.storage.remove(keyOf(model.tenantId, id)).catch(() => {})
    })
    return this.longJobs.start(context, {
      type: 'export',
      objectId: object.id,
      input: { ...query, locationId: context.locationId },
    })
  }

  async download(context: OperationContext, jobId: string): Promise<ExportedFile> {
    const job = await ownJob(context, jobId)
    // Who looks after jobs need not be allowed to read what they write.
    const isMine = job.created_by === context.actor.userId
    if (job.type !== 'export' || !isMine || !job.result?.downloadUrl) {
      throw notFound(`A file of the job ${jobId}`)
    }
    const { format } = job.input as unknown as ExportQuery
    const file = await this.storage.open(keyOf(context.model.tenantId, job.id))
    const bytes = createReadStream(file.path)
    bytes.on('close', () => file.release())
    return {
      fileName: String(job.result.fileName),
      contentType: contentTypes[format],
      body: Readable.toWeb(bytes) as ReadableStream<Uint8Array>,
    }
  }

  private kind(): LongJobKind {
    return { type: 'export', source: 'system', run: (run) => this.write(run) }
  }

  /** Begins anew after an interruption: half a file is of no use. */
  private async write(run: JobRun): Promise<object> {
    const query = run.job.input as unknown as ExportQuery
    const inTransaction: InTransaction = (work) =>
      run.transaction((context) => work({ ...context, locationId: query.locationId }))
    const begun = await inTransaction(async (context) => {
      const object = exportedObject(context, query.object)
      const total = await countRecords(context, object, query)
      return { context, object, total, columns: await readColumns(context, object, query) }
    })
    const { context, object, total, columns } = begun
    const pages = reported(run, readPages(inTransaction, object, query), total)
    const records = recordsOf(pages, context.model, context, object, query)
    const key = keyOf(run.tenantId, run.job.id)
    const { size } = await this.storage.write(key, fileOf(query.format, columns, records), maxFileBytes)
    const downloadUrl = `/api/v1/jobs/${run.job.id}/file`
    const result = { total, size, format: query.format, fileName: fileName(query, context.now), downloadUrl }
    await this.keep(run, key, result)
    return result
  }

  /** The file counts from when the job tells of it; where the plan has no room for it, it goes. */
  private async keep(run: JobRun, key: string, result: Record<string, unknown> & { total: number }): Promise<void> {
    try {
      await run.transaction(async ({ tx, model, now }) => {
        await run.save(tx, { progress: 99, checkpoint: { rows: result.total }, result, errors: [] })
        await requireStorage(tx, model, now)
      })
    } catch (error) {
      await this.storage.remove(key)
      throw error
    }
  }
}

const keyOf = (tenantId: string, jobId: string): string => `${tenantId}/exports/${jobId}`

const fileName = ({ object, format }: ExportQuery, now: Date): string =>
  `${object}-${now.toISOString().slice(0, 10)}.${format}`

function exportedObject(context: Pick<RecordContext, 'model' | 'policy'>, slug: string): CompiledObject {
  const object = visibleObject(context, slug)
  if (!object) throw notFound(`The object “${slug}”`)
  return object
}

async function countRecords(context: RecordContext, object: CompiledObject, query: ExportQuery): Promise<number> {
  const statement = countStatement(context, object, select(context, object, query, 'export'))
  const [counted] = await context.tx.query<{ count: number }>(statement)
  return counted?.count ?? 0
}

async function readColumns(
  context: RecordContext,
  object: CompiledObject,
  { fields }: ExportQuery,
): Promise<ExportColumn[]> {
  if (fields?.length === 0) throw validationError([{ field: 'fields', message: 'must name at least one' }])
  return exportColumns({ context, people: await readPeople(context.tx, context.model.tenantId) }, object, fields)
}

/**
 * The first page in the transaction of the request, so that nobody holds one connection and waits for another; each
 * further one in its own, so that a slow receiver holds neither connection nor snapshot.
 */
function ownTransactions(database: Database, context: OperationContext): InTransaction {
  let begun = false
  return (work) => {
    if (begun) return database.transaction({ tenantId: context.model.tenantId }, (tx) => work({ ...context, tx }))
    begun = true
    return work(context)
  }
}

type Page = ListResult['rows']

async function* readPages(
  inTransaction: InTransaction,
  object: CompiledObject,
  { filter, search, sort = ['createdAt'], deleted }: ExportQuery,
): AsyncGenerator<Page> {
  const list = { filter, search, sort, deleted, limit: pageSize, action: 'export' as const }
  let cursor: string | null = ''
  while (cursor !== null) {
    const page: ListResult = await inTransaction((context) =>
      listRecords(context, object, { ...list, cursor: cursor! }),
    )
    yield page.rows
    cursor = page.nextCursor
  }
}

async function* startingWith(first: IteratorResult<Page>, rest: AsyncGenerator<Page>): AsyncGenerator<Page> {
  if (first.done) return
  yield first.value
  yield* rest
}

/** Saves how far the export has come with every page; that also notices a cancelled job. */
async function* reported(run: JobRun, pages: AsyncGenerator<Page>, total: number): AsyncGenerator<Page> {
  let rows = 0
  for await (const page of pages) {
    run.signal.throwIfAborted()
    yield page
    rows += page.length
    const progress = Math.min(99, Math.floor((rows / Math.max(1, total)) * 100))
    await run.transaction(({ tx }) =>
      run.save(tx, { progress, checkpoint: { rows }, result: { total, written: rows }, errors: [] }),
    )
  }
}

async function* recordsOf(
  pages: AsyncGenerator<Page>,
  model: RecordContext['model'],
  { policy }: Pick<RecordContext, 'policy'>,
  object: CompiledObject,
  { format, fields }: ExportQuery,
): AsyncGenerator<PresentedRecord> {
  const only = format === 'json' && fields ? new Set(fields) : undefined
  for await (const page of pages) {
    for (const row of page) yield presentRecord(model, policy, object, row, only)
  }
}

function fileOf(
  format: ExportFormat,
  columns: ExportColumn[],
  records: AsyncGenerator<PresentedRecord>,
): ReadableStream<Uint8Array> {
  if (format === 'json') return jsonStream(records)
  const rows = { header: columns.map((column) => column.name), cells: cellsOf(columns, records) }
  return format === 'csv' ? csvStream(rows) : xlsxStream(rows)
}

async function* cellsOf(columns: ExportColumn[], records: AsyncGenerator<PresentedRecord>) {
  for await (const record of records) yield columns.map((column) => column.cell(record))
}
