/** Previews, begins and takes back imports, and hands out what they refused. */
import { type Database, newId } from '@oneforge/kernel/database'
import { conflict, forbidden, notFound, validationError } from '@oneforge/kernel/errors'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import { requireStorage } from '@oneforge/kernel/tenancy'
import { csvStream, type ExportCell } from '@oneforge/modules/exports'
import type { FileStorage } from '@oneforge/modules/files'
import { type AcceptedJob, type LongJobs, ownJob } from '@oneforge/modules/jobs'
import { openTable, type Table } from './formats/table.ts'
import { type ImportSettings, importSettings, uploadedSettings } from './imports.schemas.ts'
import {
  claimUndo,
  forgetOldUploads,
  type ImportRow,
  insertImport,
  insertUpload,
  type ListedImport,
  listImports,
  type RefusedRow,
  readImport,
  readUpload,
  refusedAfter,
} from './imports.store.ts'
import { importObject, missingFields, planImport } from './plan.ts'
import { decideMapping, type Preview, previewTable, sampleRows } from './preview.ts'
import { requireUndoable } from './undo.ts'
import { receiveBody } from './uploads.ts'

interface UploadedFile {
  id: string
  fileName: string
  key: string
}

export class ImportService {
  private readonly storage: FileStorage
  private readonly longJobs: LongJobs

  constructor({ storage, longJobs }: { storage: FileStorage; longJobs: LongJobs }) {
    this.storage = storage
    this.longJobs = longJobs
  }

  /** Looks at a file that the request brings, or that an earlier one brought. */
  async preview(context: OperationContext, slug: string): Promise<Preview & { uploadId: string; fileName: string }> {
    const object = importObject(context, slug)
    const { upload, settings } = await this.receive(context, object)
    const preview = await this.withTable(upload, settings, (table) => previewTable(context, object, table, settings))
    return { uploadId: upload.id, fileName: upload.fileName, ...preview }
  }

  /** Begins the import of such a file; everything that can be refused at once is. */
  async start(context: OperationContext, slug: string): Promise<AcceptedJob> {
    const object = importObject(context, slug)
    const { upload, settings } = await this.receive(context, object)
    return this.withTable(upload, settings, async (table) => {
      const rows = settings.mapping ? [] : await sampleRows(table)
      const { mapping } = decideMapping(context, object, table.header, rows, settings)
      const shown = object.located ? context.locationId : undefined
      const options = {
        ...settings,
        mapping,
        locationId: settings.locationId === undefined ? shown : settings.locationId,
      }
      const plan = planImport(context, object, table.header, options, table.format.kind)
      const missing = missingFields(object, plan)
      if (missing.length > 0) throw validationError(missing)
      const accepted = await this.longJobs.start(context, { type: 'import', objectId: object.id, input: {} })
      await insertImport(context.tx, context.model.tenantId, {
        id: newId(),
        job_id: accepted.jobId,
        object_id: object.id,
        upload_id: upload.id,
        file_name: upload.fileName,
        options,
        header: table.header,
        created_by: context.actor.userId!,
      })
      return accepted
    })
  }

  /** The caller's imports; everybody's for those who look after them. */
  list(context: OperationContext): Promise<ListedImport[]> {
    const everybodys = context.policy.admin.has('imports')
    return listImports(context.tx, context.model.tenantId, everybodys ? null : context.actor.userId)
  }

  async undo(context: OperationContext, id: string): Promise<AcceptedJob> {
    const { tx, model } = context
    const imported = await readImport(tx, model.tenantId, { id })
    if (!imported || !this.isOwn(context, imported)) throw notFound(`The import ${id}`)
    const object = model.objectById.get(imported.object_id)
    if (!object) throw conflict('The object of this import is no longer in use.')
    importObject(context, object.slug)
    const job = await ownJob(context, imported.job_id)
    requireUndoable(imported, job.status)
    const jobId = newId()
    if (!(await claimUndo(tx, model.tenantId, id, jobId))) {
      throw conflict('This import is being undone already. If that was stopped, resume its job.')
    }
    return this.longJobs.start(context, {
      id: jobId,
      type: 'import.undo',
      objectId: object.id,
      input: { importId: id },
    })
  }

  /** The rows that a job refused, as CSV to correct and import again. */
  async refused(
    context: OperationContext,
    jobId: string,
  ): Promise<{ fileName: string; body: ReadableStream<Uint8Array> }> {
    const { tx, model, database } = context
    const job = await ownJob(context, jobId)
    const imported = await readImport(tx, model.tenantId, { jobId: job.id })
    if (!imported) throw notFound(`The import of job ${jobId}`)
    const cells = refusedCells(database, model.tenantId, imported.id)
    return {
      fileName: `refused-${imported.file_name.replace(/\.[^.]*$/, '')}.csv`,
      body: csvStream({ header: [...imported.header, 'Line', 'Reason'], cells }),
    }
  }

  private isOwn({ actor, policy }: OperationContext, imported: ImportRow): boolean {
    return imported.created_by === actor.userId || policy.admin.has('imports')
  }

  private async receive(
    context: OperationContext,
    object: CompiledObject,
  ): Promise<{ upload: UploadedFile; settings: ImportSettings }> {
    const { tx, model, actor, request } = context
    if (!request || !actor.userId) throw forbidden('Files are imported by people, through a request.')
    const body = await receiveBody(request, this.storage, model.tenantId)
    if ('settings' in body) {
      const { uploadId, ...settings } = parsed(uploadedSettings, body.settings)
      return { settings, upload: await this.earlierUpload(context, object, uploadId) }
    }
    const { file, fields } = body
    try {
      const settings = parsed(importSettings, fields)
      await this.removeOldFiles(context)
      await insertUpload(tx, model.tenantId, { ...file, objectId: object.id, createdBy: actor.userId })
      await requireStorage(tx, model, context.now)
      return { settings, upload: file }
    } catch (error) {
      await this.storage.remove(file.key)
      throw error
    }
  }

  private async earlierUpload(context: OperationContext, object: CompiledObject, id: string): Promise<UploadedFile> {
    const upload = await readUpload(context.tx, context.model.tenantId, id)
    const mine = upload?.created_by === context.actor.userId && upload?.object_id === object.id
    if (!upload?.storage_key || !mine) throw notFound(`The upload ${id}`)
    return { id, fileName: upload.file_name, key: upload.storage_key }
  }

  /** Forgotten in the transaction, removed behind it: a file may be left over, never missed. */
  private async removeOldFiles({ tx, model }: OperationContext): Promise<void> {
    const keys = await forgetOldUploads(tx, model.tenantId)
    tx.onCommit(() => {
      for (const key of keys) this.storage.remove(key).catch(() => {})
    })
  }

  private async withTable<T>(
    upload: UploadedFile,
    settings: ImportSettings,
    work: (table: Table) => Promise<T>,
  ): Promise<T> {
    const file = await this.storage.open(upload.key)
    try {
      return await work(await openTable(file.path, settings))
    } finally {
      await file.release()
    }
  }
}

function parsed<T>(
  schema: {
    safeParse(
      input: unknown,
    ): { success: true; data: T } | { success: false; error: { issues: { path: PropertyKey[]; message: string }[] } }
  },
  input: unknown,
): T {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  throw validationError(
    result.error.issues.map(({ path, message }) => ({ field: path.map(String).join('.') || 'body', message })),
  )
}

const refusedPage = 1_000

/** A page at a time, each in a transaction of its own: a slow receiver holds no connection. */
async function* refusedCells(database: Database, tenantId: string, importId: string): AsyncGenerator<ExportCell[]> {
  for (let line = 0; ; ) {
    const rows = await database.run<RefusedRow>({ tenantId }, refusedAfter(tenantId, importId, line, refusedPage))
    for (const row of rows) yield [...row.values, row.line, row.reason]
    if (rows.length < refusedPage) return
    line = rows.at(-1)!.line
  }
}
