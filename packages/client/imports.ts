import type { Http } from './http.ts'
import type {
  ImportInput,
  ImportPreview,
  ImportSummary,
  Job,
  JobAccepted,
  ListQuery,
  ObjectFromUpload,
  ObjectProposal,
} from './types.ts'

/** Bringing files in. */
export function importMethods({ request }: Http) {
  return {
    /** Uploads a file and reads its beginning; nothing is written yet. */
    preview: (object: string, file: File) => {
      const form = new FormData()
      form.set('file', file)
      return request<ImportPreview>('POST', `/${object}/import/preview`, { body: form })
    },
    /** Reads the uploaded file again with another mapping or other edits. */
    check: (object: string, input: ImportInput) =>
      request<ImportPreview>('POST', `/${object}/import/preview`, { body: input }),
    start: (object: string, input: ImportInput) => request<JobAccepted>('POST', `/${object}/import`, { body: input }),
    /** What object a file could become; the file is kept for a day. */
    propose: async (file: File) => {
      const form = new FormData()
      form.set('file', file)
      const { id } = await request<{ id: string }>('POST', '/uploads', { body: form })
      return request<ObjectProposal>('POST', `/uploads/${id}/proposal`, { body: {} })
    },
    /** The same of another sheet of the workbook. */
    proposeSheet: (uploadId: string, sheet: string) =>
      request<ObjectProposal>('POST', `/uploads/${uploadId}/proposal`, { body: { sheet } }),
    /** Makes the object and imports the file into it. */
    startAsObject: (input: ObjectFromUpload) => request<JobAccepted>('POST', '/objects/from-upload', { body: input }),
    list: () => request<ImportSummary[]>('GET', '/imports'),
    undo: (id: string) => request<JobAccepted>('POST', `/imports/${id}/undo`, { body: {} }),
  }
}

/** Long work that goes on behind an answer 202. */
export function jobMethods({ request, url }: Http) {
  return {
    get: (id: string) => request<Job>('GET', `/jobs/${id}`),
    cancel: (id: string) => request<Job>('POST', `/jobs/${id}/cancel`, { body: {} }),
    resume: (id: string) => request<Job>('POST', `/jobs/${id}/resume`, { body: {} }),
    refusedUrl: (id: string) => url(`/jobs/${id}/refused`),
  }
}

export type ExportFormat = 'csv' | 'xlsx' | 'json'

/** Taking lists out. */
export function exportMethods({ file, request }: Http) {
  return {
    /** The same by a job, for lists that take long; `written` fetches its file. */
    start: (object: string, format: ExportFormat, query: ListQuery) =>
      request<JobAccepted>('POST', `/${object}/export`, { body: bodyOf(format, query) }),
    written: (jobId: string) => file('GET', `/jobs/${jobId}/file`),
    /** A file with what the list shows. Not a plain link: the server may ask the person to prove who they are first. */
    download: (object: string, format: ExportFormat, query: ListQuery) =>
      file('POST', `/${object}/export/file`, { body: bodyOf(format, query) }),
  }
}

const bodyOf = (format: ExportFormat, { filter, search, sort, fields }: ListQuery) => ({
  format,
  filter: filter ?? undefined,
  search: search || undefined,
  sort: sort?.length ? sort : undefined,
  fields,
})
