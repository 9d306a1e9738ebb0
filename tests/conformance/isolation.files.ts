/** What a stranger tries with files: on their way in, and on records. */
import type { RequestOptions } from '../client.ts'

/** What they know of the other workspace. */
interface Target {
  recordIds: string[]
  uploadId: string
  fileId: string
  /** Of a field of files. */
  fileFieldId: string
  doctorId: string
}

type Probe = (target: Target) => { query?: string; body?: unknown; options?: RequestOptions }[]

const plain: Probe = () => [{}]

const csv = (target: Target): string =>
  `full_name,date_of_birth,phone,primary_doctor\nOwn Row,1980-01-01,+14155550123,${target.doctorId}\n`
const asCsv = { headers: { 'content-type': 'text/csv' } }

export const fileProbes: Record<string, Probe> = {
  'imports.preview': (target) => [
    { options: { raw: csv(target), ...asCsv } },
    { body: { uploadId: target.uploadId } },
    { body: { uploadId: target.uploadId, mapping: { 0: 'full_name' } } },
  ],
  'imports.start': (target) => [
    { options: { raw: csv(target), ...asCsv } },
    { body: { uploadId: target.uploadId, mapping: { 0: 'full_name' } } },
  ],
  'uploads.create': (target) => [{ options: { raw: csv(target), ...asCsv } }],
  'uploads.propose': () => [{ body: {} }],
  'objects.createFromUpload': (target) => [
    {
      body: {
        uploadId: target.uploadId,
        object: {
          slug: 'taken_over',
          label: 'One',
          labelPlural: 'Many',
          fields: [{ key: 'name', label: 'Name', type: 'text' }],
        },
        mapping: { 0: 'name' },
      },
    },
  ],
  'files.ofRecords': ({ recordIds }) => [{ query: `?ids=${recordIds.slice(0, 200).join()}` }],
  'files.list': () => [{}, { query: '?deleted=true' }],
  'files.begin': (target) => [
    { body: { name: 'mine.txt', size: 3 } },
    { body: { name: 'mine.txt', size: 3, fileId: target.fileId } },
  ],
  'files.beginForField': (target) => [{ body: { fieldId: target.fileFieldId, name: 'mine.txt', size: 3 } }],
  'files.uploaded': plain,
  'files.append': () => [
    { options: { raw: 'abc', headers: { 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' } } },
  ],
  'files.abandon': plain,
  'files.get': plain,
  'files.update': () => [{ body: { name: 'taken-over.txt' } }],
  'files.delete': plain,
  'files.restore': plain,
  'files.erase': plain,
  'files.link': () => [{ body: {} }, { body: { inline: true } }],
  'files.thumbnail': plain,
  'files.content': plain,
  'files.moveMany': (target) => [{ body: { ids: [target.fileId], folder: 'Taken over' } }],
  'files.deleteMany': (target) => [{ body: { ids: [target.fileId] } }],
  'files.restoreMany': (target) => [{ body: { ids: [target.fileId] } }],
  'files.archive': (target) => [{ body: {} }, { body: { ids: [target.fileId] } }],
  'files.archiveContent': plain,
  'imports.list': plain,
  'imports.undo': plain,
  'imports.refused': plain,
}
