/** Taking lists out. */
import { type AnyOperation, defineOperation, HttpAnswer } from '@oneforge/kernel/operations'
import { acceptedJobSchema } from '@oneforge/modules/jobs'
import { listInput } from '@oneforge/modules/records'
import { z } from 'zod'
import type { ExportedFile, ExportService } from './exports.service.ts'
import { exportFormats } from './formats.ts'

const tag = 'Exports'
const base = { tag, access: 'member', phi: true } as const

const exportQuery = z.object({
  object: z.string(),
  format: z.enum(exportFormats, { error: `must be one of ${exportFormats.join(', ')}` }).default('csv'),
  filter: z.unknown().optional().describe('The filter language, as for lists'),
  search: z.string().max(200).optional(),
  sort: z.array(z.string()).optional().describe('createdAt unless said'),
  fields: z.array(z.string()).optional().describe('Columns in this order; all that the caller sees unless said'),
  deleted: z.boolean().optional().describe('The trash instead of the living records'),
})

export function exportOperations(service: ExportService): AnyOperation[] {
  return [
    defineOperation({
      ...base,
      name: 'exports.stream',
      kind: 'query',
      summary: 'Export a list as CSV, XLSX or JSON',
      description: 'Takes the same filters, search and sort as the list; the file is written while it is sent.',
      stepUp: true,
      input: exportQuery,
      output: z.string(),
      cost: 20,
      http: { method: 'GET', path: '/{object}/export', raw: true, input: listInput },
      handler: async (context, input) => attachment(await service.stream(context, input)),
    }),
    defineOperation({
      ...base,
      name: 'exports.query',
      kind: 'query',
      summary: 'Export a list, the query in the body',
      description: 'As `GET /{object}/export`; what is filtered and searched for stands in no address.',
      stepUp: true,
      input: exportQuery,
      output: z.string(),
      cost: 20,
      http: { method: 'POST', path: '/{object}/export/file', raw: true },
      handler: async (context, input) => attachment(await service.stream(context, input)),
    }),
    defineOperation({
      ...base,
      name: 'exports.start',
      kind: 'command',
      summary: 'Export a list as a file to fetch later',
      description: 'Goes on as a job whose result has the downloadUrl; the file is kept for a day.',
      stepUp: true,
      input: exportQuery,
      output: acceptedJobSchema,
      cost: 20,
      http: { method: 'POST', path: '/{object}/export', status: 202 },
      handler: (context, input) => service.start(context, input),
    }),
    defineOperation({
      ...base,
      name: 'exports.download',
      kind: 'query',
      summary: 'The file that an export job wrote',
      input: z.object({ id: z.string() }),
      output: z.string(),
      http: { method: 'GET', path: '/jobs/{id}/file', raw: true },
      handler: async (context, { id }) => attachment(await service.download(context, id)),
    }),
  ]
}

const attachment = ({ body, contentType, fileName }: ExportedFile): HttpAnswer =>
  new HttpAnswer(body, {
    'content-type': contentType,
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
  })
