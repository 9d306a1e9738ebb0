/** What a stranger tries with files on their way in. */
import type { RequestOptions } from '../client.ts'

/** What they know of the other workspace. */
interface Target {
  uploadId: string
  doctorId: string
}

type Probe = (target: Target) => { body?: unknown; options?: RequestOptions }[]

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
  'imports.list': plain,
  'imports.undo': plain,
  'imports.refused': plain,
}
