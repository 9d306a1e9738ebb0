/** The files of several records at once, for pages that show records beside one another. */
import { type AnyOperation, defineOperation } from '@oneforge/kernel/operations'
import { listRecords } from '@oneforge/kernel/records'
import { objectOf } from '@oneforge/modules/records'
import { z } from 'zod'
import { present, recordFile } from './files.schemas.ts'
import { mostFiles } from './files.service.ts'
import { listFiles } from './files.store.ts'

const mostRecords = 200

export const filesOfRecords: AnyOperation = defineOperation({
  tag: 'Files',
  access: 'member',
  phi: true,
  name: 'files.ofRecords',
  kind: 'query',
  summary: 'List the files of several records',
  description: 'Of those that the caller sees; what fields hold and what is in the trash is not among them.',
  input: z.strictObject({
    object: z.string(),
    ids: z
      .string({ error: 'is required' })
      .transform((ids) => ids.split(',').filter(Boolean))
      .pipe(z.array(z.uuid('must be ids of records')).min(1).max(mostRecords, `takes at most ${mostRecords} ids`)),
  }),
  output: z.array(recordFile),
  http: { method: 'GET', path: '/{object}/files' },
  async handler(context, { object: slug, ids }) {
    const object = objectOf(context, slug)
    const filter = { field: 'id', op: 'in', value: ids }
    const { rows } = await listRecords(context, object, { filter, limit: mostRecords })
    const seen = rows.map(({ id }) => id)
    const files = await listFiles(context.tx, context.model.tenantId, seen, { deleted: false, most: mostFiles })
    return files.map((file) => present({ file, object, recordId: file.record_id }))
  },
})
