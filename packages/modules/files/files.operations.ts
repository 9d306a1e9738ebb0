/** Files of records: brought in part by part, listed, changed, and handed out by signed links. */
import { type AnyOperation, defineOperation, HttpAnswer, type HttpInput } from '@oneforge/kernel/operations'
import { z } from 'zod'
import { shownAs } from './content-type.ts'
import {
  fieldUploadInput,
  fileName,
  fileWithVersions,
  folderName,
  present,
  presentVersion,
  recordFile,
  upload,
  uploadInput,
} from './files.schemas.ts'
import type { FileService } from './files.service.ts'

const base = { tag: 'Files', access: 'member', phi: true } as const
const idPath = z.strictObject({ id: z.string() })
const recordPath = z.strictObject({ object: z.string(), id: z.string() })

export function fileOperations(service: FileService): AnyOperation[] {
  return [
    defineOperation({
      ...base,
      name: 'files.list',
      kind: 'query',
      summary: 'List the files of a record',
      description: 'By folder and name, at most 1,000. `deleted=true` gives those in the trash.',
      input: recordPath.extend({ deleted: z.stringbool().default(false) }),
      output: z.array(recordFile),
      http: { method: 'GET', path: '/{object}/{id}/files' },
      handler: async (context, input) => (await service.list(context, input)).map(present),
    }),
    defineOperation({
      ...base,
      name: 'files.begin',
      kind: 'command',
      summary: 'Begin to upload a file to a record',
      description:
        'Send its parts to `/file-uploads/{id}` then. With `fileId` it becomes a further version of that file. The whole size counts for the plan from now on; an upload that nobody goes on with is forgotten after a day.',
      input: recordPath.extend(uploadInput),
      output: upload,
      http: {
        method: 'POST',
        path: '/{object}/{id}/files',
        status: 201,
        location: (output) => `/api/v1/file-uploads/${(output as { id: string }).id}`,
      },
      handler: (context, input) => service.begin(context, input),
    }),
    defineOperation({
      ...base,
      name: 'files.beginForField',
      kind: 'command',
      summary: 'Begin to upload a file for a field',
      description:
        'Send its parts to `/file-uploads/{id}` then, and write `fileId` as the value of the field, or among its values, when you create or change a record. What no record was saved with is forgotten after a day.',
      input: z.strictObject(fieldUploadInput),
      output: upload.extend({ fileId: z.uuid() }).meta({ id: 'FieldFileUpload' }),
      http: {
        method: 'POST',
        path: '/file-uploads',
        status: 201,
        location: (output) => `/api/v1/file-uploads/${(output as { id: string }).id}`,
      },
      handler: (context, input) => service.beginForField(context, input),
    }),
    defineOperation({
      ...base,
      name: 'files.uploaded',
      kind: 'query',
      summary: 'How much of an upload is there',
      description: 'HEAD answers the same in the headers Upload-Offset and Upload-Length.',
      input: idPath,
      output: upload,
      http: { method: 'GET', path: '/file-uploads/{id}' },
      async handler(context, { id }) {
        const state = await service.uploaded(context, id)
        context.response.headers.set('upload-offset', String(state.offset))
        context.response.headers.set('upload-length', String(state.size))
        return state
      },
    }),
    defineOperation({
      ...base,
      name: 'files.append',
      kind: 'command',
      summary: 'Send the next part of an upload',
      description:
        'The bytes as application/offset+octet-stream, at most 8 MB at a time, with the header Upload-Offset that says where they belong. 409 tells where to go on. The answer to the last part has the file.',
      input: z.strictObject({
        id: z.string(),
        offset: z.coerce.number({ error: 'is required as the header Upload-Offset' }).pipe(z.int().min(0)),
        content: z.instanceof(Uint8Array),
      }),
      output: upload.extend({ file: recordFile.nullable() }).meta({ id: 'FileUploadProgress' }),
      http: { method: 'PATCH', path: '/file-uploads/{id}', body: 'bytes', input: partInput },
      async handler(context, input) {
        const { file, ...state } = await service.append(context, input)
        context.response.headers.set('upload-offset', String(state.offset))
        return { ...state, file: file && present(file) }
      },
    }),
    defineOperation({
      ...base,
      name: 'files.abandon',
      kind: 'command',
      summary: 'Give up an upload',
      input: idPath,
      output: z.void(),
      http: { method: 'DELETE', path: '/file-uploads/{id}', status: 204, body: 'none' },
      handler: (context, { id }) => service.abandon(context, id),
    }),
    defineOperation({
      ...base,
      name: 'files.get',
      kind: 'query',
      summary: 'A file with its versions',
      input: idPath,
      output: fileWithVersions,
      http: { method: 'GET', path: '/files/{id}' },
      async handler(context, { id }) {
        const { versions, ...placed } = await service.get(context, id)
        return { ...present(placed), versions: versions.map(presentVersion) }
      },
    }),
    defineOperation({
      ...base,
      name: 'files.update',
      kind: 'command',
      summary: 'Rename a file or move it to another folder',
      input: idPath.extend({ name: fileName.optional(), folder: folderName.optional() }),
      output: recordFile,
      http: { method: 'PATCH', path: '/files/{id}' },
      handler: async (context, input) => present(await service.change(context, input)),
    }),
    defineOperation({
      ...base,
      name: 'files.delete',
      kind: 'command',
      summary: 'Move a file to the trash',
      input: idPath,
      output: z.void(),
      http: { method: 'DELETE', path: '/files/{id}', status: 204 },
      handler: (context, { id }) => service.delete(context, id),
    }),
    defineOperation({
      ...base,
      name: 'files.restore',
      kind: 'command',
      summary: 'Take a file out of the trash',
      input: idPath,
      output: recordFile,
      http: { method: 'POST', path: '/files/{id}/restore' },
      handler: async (context, { id }) => present(await service.restore(context, id)),
    }),
    defineOperation({
      ...base,
      name: 'files.erase',
      kind: 'command',
      summary: 'Erase a file that is in the trash, with all its versions',
      description: 'Takes the right to delete the record. Nothing brings the file back.',
      input: idPath,
      output: z.void(),
      http: { method: 'POST', path: '/files/{id}/erase', status: 204 },
      handler: (context, { id }) => service.erase(context, id),
    }),
    defineOperation({
      ...base,
      name: 'files.link',
      kind: 'query',
      summary: 'An address to fetch the content of a file from',
      description:
        'Good for five minutes, for this version alone. With `inline` the browser shows it: pictures, PDF, and texts as plain text.',
      secretAnswer: true,
      input: idPath.extend({ version: z.int().min(1).optional(), inline: z.boolean().default(false) }),
      output: z.object({ url: z.string(), expiresAt: z.iso.datetime() }),
      http: { method: 'POST', path: '/files/{id}/link' },
      handler: (context, input) => service.link(context, input),
    }),
    defineOperation({
      ...base,
      name: 'files.thumbnail',
      kind: 'query',
      summary: 'A small picture of a file',
      description:
        'WebP of at most 320 pixels on the longer side, drawn soon after a picture or a PDF was uploaded, of which it shows the first page. With the number of a version, which never changes, it may be kept.',
      input: idPath.extend({ version: z.coerce.number().pipe(z.int().min(1)).optional() }),
      output: z.string(),
      http: { method: 'GET', path: '/files/{id}/thumbnail', raw: true },
      async handler(context, input) {
        const isForGood = input.version !== undefined
        return new HttpAnswer(await service.thumbnail(context, input), {
          'content-type': 'image/webp',
          'cache-control': isForGood ? 'private, max-age=3600, immutable' : 'private, no-cache',
        })
      },
    }),
    defineOperation({
      tag: base.tag,
      phi: true,
      access: 'public',
      name: 'files.content',
      kind: 'query',
      summary: 'The content of a file, by a signed address',
      input: z.strictObject({ token: z.string().max(2_000) }),
      output: z.string(),
      http: { method: 'GET', path: '/file-contents/{token}', raw: true },
      handler: async (context, { token }) => answerWith(await service.content(context, token)),
    }),
  ]
}

const partInput = ({ params, headers, body }: HttpInput): unknown => ({
  ...params,
  offset: headers.get('upload-offset') ?? undefined,
  content: body,
})

type Content = Awaited<ReturnType<FileService['content']>>

/**
 * Whatever a file holds, it runs nothing here and reaches nothing. The sandbox is left out for PDF alone, which browsers
 * refuse to show in one; their viewers keep it apart from the page themselves.
 */
function answerWith({ name, type, size, inline, body }: Content): HttpAnswer {
  const shown = inline ? shownAs(type) : undefined
  const policy = ["default-src 'none'", "style-src 'unsafe-inline'", "frame-ancestors 'self'"]
  if (shown === 'application/pdf') policy.push("object-src 'self'")
  else policy.push('sandbox')
  return new HttpAnswer(body, {
    'content-type': shown ?? type,
    'content-length': String(size),
    'content-disposition': `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${encoded(name)}`,
    'content-security-policy': policy.join('; '),
    'cross-origin-resource-policy': 'same-origin',
    // The address is over in minutes, and what it shows never changes.
    'cache-control': 'private, max-age=300, immutable',
  })
}

/** RFC 5987 allows fewer characters than encodeURIComponent leaves. */
export const encoded = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
