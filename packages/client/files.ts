import type {
  FieldFileUpload,
  FileUpload,
  FileUploadProgress,
  RecordFile,
  RecordFileWithVersions,
} from './generated.ts'
import type { Http } from './http.ts'

export interface FileInput {
  name: string
  /** In bytes. */
  size: number
  /** Names joined by slashes; the top without it. */
  folder?: string
  /** Makes it a new version of that file. */
  fileId?: string
}

/** Files on records. */
export function fileMethods({ request }: Http) {
  return {
    list: (object: string, recordId: string, { deleted = false } = {}) =>
      request<RecordFile[]>('GET', `/${object}/${recordId}/files`, { query: { deleted } }),
    /** Of several records of the object. */
    ofRecords: (object: string, recordIds: string[]) =>
      request<RecordFile[]>('GET', `/${object}/files`, { query: { ids: recordIds.join() } }),
    get: (id: string) => request<RecordFileWithVersions>('GET', `/files/${id}`),
    begin: (object: string, recordId: string, input: FileInput) =>
      request<FileUpload>('POST', `/${object}/${recordId}/files`, { body: input }),
    /** Of a file for a field: it belongs to a record once one is saved with `fileId` in the field. */
    beginForField: (input: { fieldId: string; name: string; size: number }) =>
      request<FieldFileUpload>('POST', '/file-uploads', { body: input }),
    /** How much of an upload has arrived. */
    uploaded: (uploadId: string, signal?: AbortSignal) =>
      request<FileUpload>('GET', `/file-uploads/${uploadId}`, { signal }),
    /** Sends the part that begins at `offset`, at most 8 MB; the last one answers with the file. */
    append: (uploadId: string, offset: number, part: Blob, signal?: AbortSignal) =>
      request<FileUploadProgress>('PATCH', `/file-uploads/${uploadId}`, {
        body: part,
        headers: { 'Upload-Offset': String(offset) },
        signal,
      }),
    abandon: (uploadId: string) => request<void>('DELETE', `/file-uploads/${uploadId}`),
    update: (id: string, change: { name?: string; folder?: string }) =>
      request<RecordFile>('PATCH', `/files/${id}`, { body: change }),
    delete: (id: string) => request<void>('DELETE', `/files/${id}`),
    restore: (id: string) => request<RecordFile>('POST', `/files/${id}/restore`, { body: {} }),
    /** For good, with all versions. */
    erase: (id: string) => request<void>('POST', `/files/${id}/erase`, { body: {} }),
    /** All of them or none; gives them as they are then. */
    moveMany: (object: string, recordId: string, ids: string[], folder: string) =>
      request<RecordFile[]>('POST', `/${object}/${recordId}/files/move`, { body: { ids, folder } }),
    deleteMany: (object: string, recordId: string, ids: string[]) =>
      request<RecordFile[]>('POST', `/${object}/${recordId}/files/delete`, { body: { ids } }),
    restoreMany: (object: string, recordId: string, ids: string[]) =>
      request<RecordFile[]>('POST', `/${object}/${recordId}/files/restore`, { body: { ids } }),
    /** Where these files, or all of the record, can be fetched from as a ZIP archive, without credentials. */
    archive: (object: string, recordId: string, ids?: string[]) =>
      request<{ url: string; expiresAt: string; size: number }>('POST', `/${object}/${recordId}/files/archive`, {
        body: { ids },
      }),
    /** Where the content can be fetched from during the next minutes, without credentials. */
    link: (id: string, options: { version?: number; inline?: boolean } = {}) =>
      request<{ url: string; expiresAt: string }>('POST', `/files/${id}/link`, { body: options }),
  }
}
