/** What is done with several files of a record at once. */
import { type AnyOperation, defineOperation, HttpAnswer } from '@oneforge/kernel/operations'
import { z } from 'zod'
import { encoded } from './files.operations.ts'
import { archivedFiles, folderName, present, recordFile, selectedFiles } from './files.schemas.ts'
import type { SelectedFiles } from './selected-files.ts'

const base = { tag: 'Files', access: 'member', phi: true } as const
const recordPath = z.strictObject({ object: z.string(), id: z.string() })
const several = recordPath.extend({ ids: selectedFiles })

export function selectedFileOperations(selected: SelectedFiles): AnyOperation[] {
  return [
    defineOperation({
      ...base,
      name: 'files.moveMany',
      kind: 'command',
      summary: 'Move several files of a record to another folder',
      description: 'All of them or none. A folder is there as long as files are in it.',
      input: several.extend({ folder: folderName }),
      output: z.array(recordFile),
      http: { method: 'POST', path: '/{object}/{id}/files/move' },
      handler: async (context, input) => (await selected.move(context, input)).map(present),
    }),
    defineOperation({
      ...base,
      name: 'files.deleteMany',
      kind: 'command',
      summary: 'Move several files of a record to the trash',
      description: 'All of them or none; those that are in the trash already stay there.',
      input: several,
      output: z.array(recordFile),
      http: { method: 'POST', path: '/{object}/{id}/files/delete' },
      handler: async (context, input) => (await selected.discard(context, { ...input, deleted: true })).map(present),
    }),
    defineOperation({
      ...base,
      name: 'files.restoreMany',
      kind: 'command',
      summary: 'Take several files of a record out of the trash',
      description: 'All of them or none; those that are not in the trash stay where they are.',
      input: several,
      output: z.array(recordFile),
      http: { method: 'POST', path: '/{object}/{id}/files/restore' },
      handler: async (context, input) => (await selected.discard(context, { ...input, deleted: false })).map(present),
    }),
    defineOperation({
      ...base,
      name: 'files.archive',
      kind: 'query',
      summary: 'An address to fetch several files of a record from, as one ZIP archive',
      description:
        'Good for five minutes. Of the files named, which may also lie in fields, or of all that the record shows; up to 4 GB together. The archive has their folders, and numbers of those that are called alike.',
      secretAnswer: true,
      input: recordPath.extend({ ids: archivedFiles.optional() }),
      output: z.object({ url: z.string(), expiresAt: z.iso.datetime(), size: z.int().describe('In bytes') }),
      http: { method: 'POST', path: '/{object}/{id}/files/archive' },
      handler: (context, input) => selected.link(context, input),
    }),
    defineOperation({
      tag: base.tag,
      phi: true,
      access: 'public',
      name: 'files.archiveContent',
      kind: 'query',
      summary: 'An archive of files, by a signed address',
      input: z.strictObject({ token: z.string().max(8_000) }),
      output: z.string(),
      http: { method: 'GET', path: '/file-archives/{token}', raw: true },
      async handler(context, { token }) {
        const { name, size, body } = await selected.content(context, token)
        return new HttpAnswer(body, {
          'content-type': 'application/zip',
          'content-length': String(size),
          'content-disposition': `attachment; filename*=UTF-8''${encoded(name)}`,
          'content-security-policy': "default-src 'none'; sandbox",
          'cross-origin-resource-policy': 'same-origin',
          'cache-control': 'private, no-store',
        })
      },
    }),
  ]
}
