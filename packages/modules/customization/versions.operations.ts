/** Versions of the workspace's metadata: what was changed, and back. */
import { type AnyOperation, defineOperation, PagedList } from '@oneforge/kernel/operations'
import { z } from 'zod'
import { compareVersions, listOfVersions, readVersion } from './versions.service.ts'
import { restoreVersion, undoVersion } from './versions.undo.ts'

const base = { tag: 'Versions', access: { admin: 'objects' } } as const
const number = z.coerce.number({ error: 'must be the number of a version' }).pipe(z.int().min(0))
const versionPath = z.object({ number })
const dryRun = z.boolean().default(false).describe('Tells what would come of it and changes nothing')

const kind = z.enum(['workspace', 'object', 'field', 'relation', 'role', 'view', 'workflow', 'dashboard'])
const change = z
  .object({
    kind,
    id: z.uuid(),
    object: z.string().nullable(),
    key: z.string(),
    label: z.string(),
    action: z.enum(['added', 'changed', 'removed', 'broughtBack']),
    text: z.string(),
    properties: z.array(z.object({ path: z.string(), label: z.string(), before: z.unknown(), after: z.unknown() })),
  })
  .meta({ id: 'MetadataChange' })

const versionParts = {
  number: z.int(),
  at: z.iso.datetime(),
  by: z.object({ id: z.uuid(), name: z.string().nullable() }).nullable(),
  operation: z.string().nullable(),
  undoes: z.int().nullable(),
  restores: z.int().nullable(),
  undoneBy: z.int().nullable(),
  summary: z.string(),
  changeCount: z.int(),
}
const version = z.object(versionParts).meta({ id: 'MetadataVersion' })
const wholeVersion = z.object({ ...versionParts, changes: z.array(change) }).meta({ id: 'WholeMetadataVersion' })

const undone = z
  .object({
    version: z.int().nullable().describe('The new version; null where nothing was done.'),
    changes: z.array(change).describe('What it does.'),
    conflicts: z.array(
      z.object({
        kind,
        object: z.string().nullable(),
        key: z.string(),
        property: z.string(),
        message: z.string(),
        version: z.int().nullable().describe('The later version that is in the way.'),
      }),
    ),
    losses: z
      .array(z.object({ object: z.string(), field: z.string().nullable(), records: z.int(), message: z.string() }))
      .describe('Of a dry run: what goes out of sight; nothing is deleted.'),
  })
  .meta({ id: 'UndoneVersion' })

export const versionOperations: AnyOperation[] = [
  defineOperation({
    ...base,
    name: 'versions.list',
    kind: 'query',
    summary: 'Changes of the workspace’s shape, the latest first',
    input: z.strictObject({
      object: z.string().optional().describe('Only those of this object'),
      cursor: number.optional(),
      limit: z.coerce.number().pipe(z.int().min(1).max(100)).default(20),
    }),
    output: z.array(version),
    http: { method: 'GET', path: '/workspace/versions' },
    async handler(context, input) {
      const { items, nextCursor } = await listOfVersions(context, input)
      return new PagedList(items, { limit: input.limit, nextCursor, hasNext: nextCursor !== null })
    },
  }),
  defineOperation({
    ...base,
    name: 'versions.compare',
    kind: 'query',
    summary: 'What lies between two versions',
    input: z.strictObject({ from: number, to: number.optional().describe('Now, unless named') }),
    output: z.object({ from: z.int(), to: z.int(), changes: z.array(change) }),
    http: { method: 'GET', path: '/workspace/versions/compare' },
    handler: compareVersions,
  }),
  defineOperation({
    ...base,
    name: 'versions.get',
    kind: 'query',
    summary: 'One version with all that it changed',
    input: versionPath,
    output: wholeVersion,
    http: { method: 'GET', path: '/workspace/versions/{number}' },
    handler: (context, input) => readVersion(context, input.number),
  }),
  defineOperation({
    ...base,
    name: 'versions.undo',
    kind: 'command',
    summary: 'Take back what a version changed',
    description: 'What others have changed since stays. Where it is the same thing, the answer is 409 and names it.',
    input: versionPath.extend({ dryRun }),
    output: undone,
    cost: 10,
    http: { method: 'POST', path: '/workspace/versions/{number}/undo' },
    handler: (context, input) => undoVersion(context, input.number, input.dryRun),
  }),
  defineOperation({
    ...base,
    name: 'versions.restore',
    kind: 'command',
    summary: 'Bring everything back as it was at a version',
    input: versionPath.extend({ dryRun }),
    output: undone,
    cost: 20,
    http: { method: 'POST', path: '/workspace/versions/{number}/restore' },
    handler: (context, input) => restoreVersion(context, input.number, input.dryRun),
  }),
]
