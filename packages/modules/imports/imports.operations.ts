/** Bringing files in. */
import { isId } from '@oneforge/kernel/database'
import { notFound } from '@oneforge/kernel/errors'
import { type AnyOperation, defineOperation, HttpAnswer } from '@oneforge/kernel/operations'
import { acceptedJobSchema } from '@oneforge/modules/jobs'
import { z } from 'zod'
import { importSummary, objectFromUpload, preview, proposal, storedUpload, tableHints } from './imports.schemas.ts'
import type { ImportService } from './imports.service.ts'
import type { ListedImport } from './imports.store.ts'

const tag = 'Imports'
const base = { tag, access: 'member', phi: true } as const
const administrator = { admin: 'objects' } as const
const objectPath = z.object({ object: z.string() })
const idPath = z.object({ id: z.string() })
const sendFile =
  'The file comes as multipart/form-data in the part `file`, with settings as other parts; as text/csv with settings in the query string; or as JSON `{uploadId, …}` if a preview has brought it already.'

export function importOperations(service: ImportService): AnyOperation[] {
  return [
    defineOperation({
      ...base,
      name: 'imports.preview',
      kind: 'command',
      summary: 'Look at a file before importing it',
      description: `Matches its columns to fields and checks its first rows; writes no records. ${sendFile}`,
      input: objectPath,
      output: preview,
      cost: 10,
      http: { method: 'POST', path: '/{object}/import/preview', body: 'stream', input: ({ params }) => params },
      handler: (context, input) => service.preview(context, input.object),
    }),
    defineOperation({
      ...base,
      name: 'imports.start',
      kind: 'command',
      summary: 'Import a CSV, XLSX or JSON file',
      description: `Goes on as a job. ${sendFile}`,
      input: objectPath,
      output: acceptedJobSchema,
      cost: 20,
      http: { method: 'POST', path: '/{object}/import', status: 202, body: 'stream', input: ({ params }) => params },
      handler: (context, input) => service.start(context, input.object),
    }),
    defineOperation({
      ...base,
      access: administrator,
      name: 'uploads.create',
      kind: 'command',
      summary: 'Keep a file that is to become an object of its own',
      description: 'CSV, XLSX, or JSON with a list of objects, as multipart/form-data in the part `file`.',
      input: z.object({}),
      output: storedUpload,
      cost: 10,
      http: { method: 'POST', path: '/uploads', status: 201, body: 'stream', input: () => ({}) },
      handler: (context) => service.upload(context),
    }),
    defineOperation({
      ...base,
      access: administrator,
      name: 'uploads.propose',
      kind: 'query',
      summary: 'What object an uploaded file could become',
      description: 'Reads the file and proposes names, fields, types and options; change what you like and send it on.',
      input: idPath.extend(tableHints),
      output: proposal,
      cost: 10,
      http: { method: 'POST', path: '/uploads/{id}/proposal' },
      handler: (context, { id, ...hints }) => service.propose(context, id, hints),
    }),
    defineOperation({
      ...base,
      access: administrator,
      name: 'objects.createFromUpload',
      kind: 'command',
      summary: 'Make an object and import an uploaded file into it',
      description: 'The object is there at once, its records come as a job. Taking the import back removes both.',
      input: objectFromUpload,
      output: acceptedJobSchema,
      cost: 20,
      http: { method: 'POST', path: '/objects/from-upload', status: 202 },
      handler: (context, input) => service.startAsObject(context, input),
    }),
    defineOperation({
      ...base,
      name: 'imports.list',
      kind: 'query',
      summary: 'List imports, the latest first',
      input: z.object({}),
      output: z.array(importSummary),
      http: { method: 'GET', path: '/imports' },
      async handler(context) {
        const slugOf = (id: string) => context.model.objectById.get(id)?.slug ?? null
        return (await service.list(context)).map((row) => presentImport(row, slugOf(row.object_id)))
      },
    }),
    defineOperation({
      ...base,
      name: 'imports.undo',
      kind: 'command',
      summary: 'Take a whole import back',
      description:
        'What it created goes to the trash, what it changed becomes what it was; records that were changed since are left as they are and reported.',
      input: idPath,
      output: acceptedJobSchema,
      cost: 20,
      http: { method: 'POST', path: '/imports/{id}/undo', status: 202 },
      handler(context, { id }) {
        if (!isId(id)) throw notFound(`The import ${id}`)
        return service.undo(context, id)
      },
    }),
    defineOperation({
      ...base,
      name: 'imports.refused',
      kind: 'query',
      summary: 'The rows an import refused, as CSV with the reasons',
      input: idPath,
      output: z.string(),
      http: { method: 'GET', path: '/jobs/{id}/refused', raw: true },
      async handler(context, { id }) {
        const { fileName, body } = await service.refused(context, id)
        return new HttpAnswer(body, {
          'content-type': 'text/csv; charset=utf-8',
          'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
        })
      },
    }),
  ]
}

const presentImport = (row: ListedImport, object: string | null): z.output<typeof importSummary> => ({
  id: row.id,
  jobId: row.job_id,
  object,
  fileName: row.file_name,
  status: row.undone_at ? 'undone' : row.status,
  createdAt: row.created_at,
  createdBy: { id: row.created_by, name: row.creator },
  undoneAt: row.undone_at,
  result: row.result,
})
