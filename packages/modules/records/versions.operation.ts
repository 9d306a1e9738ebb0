/** Asking what others have changed, for whoever shows records and keeps them as they are. */
import { defineOperation } from '@oneforge/kernel/operations'
import { listVersions } from '@oneforge/kernel/records'
import { z } from 'zod'
import { idsOf, objectOf } from './records.requests.ts'
import { objectPath, wholeFrom } from './records.schemas.ts'

const maxVersions = 200

export const listVersionsOperation = defineOperation({
  name: 'records.versions',
  kind: 'query',
  tag: 'Records',
  summary: 'The versions of records, the latest changed first',
  description: `For following what others change: whose version is unknown is then read. As it tells nothing of what records say,
asking leaves no entry in the log of operations, whatever the object holds. Records in the trash are told as \`deleted\`; one that the
caller no longer sees is not told at all.`,
  access: 'member',
  input: objectPath.extend({
    ids: z
      .array(z.uuid('must be the id of a record'))
      .min(1, 'needs at least one id')
      .max(maxVersions, `takes at most ${maxVersions} at once`)
      .optional()
      .describe('Of these records only'),
    since: z.iso
      .datetime({ error: 'must be a moment such as 2026-01-31T10:00:00Z' })
      .optional()
      .describe('Changed then or later'),
    limit: wholeFrom(1, maxVersions).default(100),
  }),
  output: z.array(
    z
      .object({ id: z.uuid(), version: z.int(), updatedAt: z.iso.datetime(), deleted: z.boolean() })
      .meta({ id: 'RecordVersion' }),
  ),
  http: { method: 'POST', path: '/{object}/versions' },
  handler: (context, { object, ids, ...asked }) =>
    listVersions(context, objectOf(context, object), { ...asked, ...(ids ? { ids: idsOf(ids) } : {}) }),
})
