/** Previews, begins and takes back imports, and hands out what they refused. */
import { compilePolicy } from '@oneforge/kernel/access'
import { type Database, isId, newId } from '@oneforge/kernel/database'
import { conflict, forbidden, notFound, validationError } from '@oneforge/kernel/errors'
import { type CompiledObject, loadModel } from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import { requireStorage } from '@oneforge/kernel/tenancy'
import { createObject } from '@oneforge/modules/customization'
import { csvStream, type ExportCell } from '@oneforge/modules/exports'
import type { FileStorage } from '@oneforge/modules/files'
import { type AcceptedJob, type LongJobs, ownJob } from '@oneforge/modules/jobs'
import type { TableHints } from './formats/row-source.ts'
import { openTable, type Table } from './formats/table.ts'
import { type ImportSettings, importSettings, type ObjectFromUpload, uploadedSettings } from './imports.schemas.ts'
import {
  claimUndo,
  forgetOldUploads,
  type ImportOptions,
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
import { type Proposal, proposeObject } from './proposal/proposal.ts'
import { requireUndoable } from './undo.ts'
import { type ReceivedFile, receiveBody } from './uploads.ts'

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
    const placed = { ...settings, locationId: placeOf(context, object, settings) }
    // An import looks for what its rows name at all locations, wherever the request is switched to.
    const everywhere = { ...context, locationId: undefined }
    const preview = await this.withTable(upload, settings, (table) => previewTable(everywhere, object, table, placed))
    return { uploadId: upload.id, fileName: upload.fileName, ...preview }
  }

  /** Begins the import of such a file; everything that can be refused at once is. */
  async start(context: OperationContext, slug: string): Promise<AcceptedJob> {
    const object = importObject(context, slug)
    const { upload, settings } = await this.receive(context, object)
    return this.withTable(upload, settings, async (table) => {
      const rows = settings.mapping ? [] : await sampleRows(table)
      const { mapping } = decideMapping(context, object, table.header, rows, settings)
      const locationId = placeOf(context, object, settings)
      return this.begin(context, object, upload, table, { ...settings, mapping, locationId })
    })
  }

  /** Keeps a file that is to become an object of its own. */
  async upload(context: OperationContext): Promise<{ id: string; fileName: string }> {
    const { body, actorId } = await this.receiveFile(context)
    if ('settings' in body)
      throw validationError([{ field: 'file', message: 'is missing: send it in the part “file”' }])
    const { id, fileName } = await this.keep(context, body.file, { objectId: null, createdBy: actorId })
    return { id, fileName }
  }

  /** What object an uploaded file could become. */
  async propose(
    context: OperationContext,
    uploadId: string,
    hints: TableHints,
  ): Promise<Proposal & { uploadId: string; fileName: string }> {
    const upload = await this.earlierUpload(context, null, uploadId)
    const proposal = await this.withTable(upload, hints, (table) => proposeObject(context, table, upload.fileName))
    return { uploadId, fileName: upload.fileName, ...proposal }
  }

  /** Makes the object and begins to import the file into it, both or neither. */
  async startAsObject(context: OperationContext, input: ObjectFromUpload): Promise<AcceptedJob> {
    const { uploadId, object: definition, mapping, ...settings } = input
    const upload = await this.earlierUpload(context, null, uploadId)
    await createObject(context, definition)
    const model = await loadModel(context.tx, context.model.tenantId)
    const after = { ...context, model, policy: compilePolicy(model, context.policy.rights) }
    const object = importObject(after, definition.slug)
    const options: ImportOptions = {
      ...settings,
      mapping,
      mode: 'create',
      dryRun: false,
      createsObject: true,
      locationId: object.located ? context.locationId : undefined,
    }
    return this.withTable(upload, settings, (table) => this.begin(after, object, upload, table, options))
  }

  private async begin(
    context: OperationContext,
    object: CompiledObject,
    upload: UploadedFile,
    table: Table,
    options: ImportOptions,
  ): Promise<AcceptedJob> {
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
    if (imported.options.createsObject && !context.policy.admin.has('objects')) {
      throw forbidden('This import made an object, so it is taken back by somebody who administers objects.')
    }
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
    const { body, actorId } = await this.receiveFile(context)
    if ('settings' in body) {
      const { uploadId, ...settings } = parsed(uploadedSettings, body.settings)
      return { settings, upload: await this.earlierUpload(context, object, uploadId) }
    }
    const { file, fields } = body
    const owner = { objectId: object.id, createdBy: actorId }
    const settings = await this.orForget(file, async () => parsed(importSettings, fields))
    return { settings, upload: await this.keep(context, file, owner) }
  }

  private async receiveFile({ model, actor, request }: OperationContext) {
    if (!request || !actor.userId) throw forbidden('Files are imported by people, through a request.')
    return { body: await receiveBody(request, this.storage, model.tenantId), actorId: actor.userId }
  }

  private keep(
    context: OperationContext,
    file: ReceivedFile,
    owner: { objectId: string | null; createdBy: string },
  ): Promise<ReceivedFile> {
    const { tx, model } = context
    return this.orForget(file, async () => {
      await this.removeOldFiles(context)
      await insertUpload(tx, model.tenantId, { ...file, ...owner })
      await requireStorage(tx, model, context.now)
      return file
    })
  }

  private async orForget<T>(file: ReceivedFile, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      await this.storage.remove(file.key)
      throw error
    }
  }

  /** @param object that it was uploaded for; null for a file that is to become one. */
  private async earlierUpload(
    context: OperationContext,
    object: CompiledObject | null,
    id: string,
  ): Promise<UploadedFile> {
    if (!isId(id)) throw notFound(`The upload ${id}`)
    const upload = await readUpload(context.tx, context.model.tenantId, id)
    const mine = upload?.created_by === context.actor.userId && upload?.object_id === (object?.id ?? null)
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
    settings: TableHints,
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

/** Where new records belong: as the settings say, else where the request is switched to. */
function placeOf(
  context: OperationContext,
  object: CompiledObject,
  { locationId }: ImportSettings,
): ImportSettings['locationId'] {
  return locationId === undefined && object.located ? context.locationId : locationId
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
