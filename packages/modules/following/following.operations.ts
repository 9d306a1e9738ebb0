/** Following records: the own choice, who else does, and what is followed without a choice. */
import { type AnyOperation, defineOperation, type OperationContext } from '@oneforge/kernel/operations'
import { readRow } from '@oneforge/kernel/records'
import { z } from 'zod'
import { idOf, objectOf } from '../records/index.ts'
import { changeFollowSettings, chooseFollowing, followersOf, readFollowSettings } from './following.store.ts'

const base = { tag: 'Following', access: 'member' } as const
const recordPath = z.strictObject({ object: z.string(), id: z.string() })
type RecordPath = z.output<typeof recordPath>

const followers = z
  .object({
    following: z.boolean().describe('Whether the caller does.'),
    followers: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        why: z
          .enum(['chosen', 'owner', 'author'])
          .describe('Owners and authors follow by themselves, unless they decide otherwise.'),
      }),
    ),
  })
  .meta({ id: 'Followers' })

const flag = z.boolean({ error: 'must be true or false' }).optional()
const settings = z
  .object({
    owned: z.boolean().describe('Whether one follows the records that one owns.'),
    created: z.boolean().describe('Whether one follows the records that one made.'),
  })
  .meta({ id: 'FollowSettings' })

/** The record of the path as the caller sees it, or 404; gives its id. */
async function seenRecord(context: OperationContext, { object: slug, id: given }: RecordPath): Promise<string> {
  const object = objectOf(context, slug)
  const id = idOf(object, given)
  await readRow(context, object, id)
  return id
}

async function present({ tx, model, actor }: OperationContext, recordId: string): Promise<z.input<typeof followers>> {
  const rows = await followersOf(tx, model.tenantId, [recordId])
  return {
    following: rows.some(({ id }) => id === actor.userId),
    followers: rows.map(({ id, name, why }) => ({ id, name, why })),
  }
}

async function choose(context: OperationContext, path: RecordPath, following: boolean): Promise<string> {
  const recordId = await seenRecord(context, path)
  const { tenantId } = context.model
  await chooseFollowing(context.tx, { tenantId, recordId, userId: context.actor.userId!, following })
  return recordId
}

export const followingOperations: AnyOperation[] = [
  defineOperation({
    ...base,
    name: 'following.list',
    kind: 'query',
    summary: 'Who follows a record',
    input: recordPath,
    output: followers,
    http: { method: 'GET', path: '/{object}/{id}/followers' },
    handler: async (context, input) => present(context, await seenRecord(context, input)),
  }),
  defineOperation({
    ...base,
    name: 'following.follow',
    kind: 'command',
    summary: 'Follow a record',
    description: 'What others change on it is told to you, as your preferences for notifications say.',
    input: recordPath,
    output: followers,
    http: { method: 'PUT', path: '/{object}/{id}/follow', body: 'none' },
    handler: async (context, input) => present(context, await choose(context, input, true)),
  }),
  defineOperation({
    ...base,
    name: 'following.unfollow',
    kind: 'command',
    summary: 'Follow a record no more, also where it is one’s own',
    input: recordPath,
    output: z.void(),
    http: { method: 'DELETE', path: '/{object}/{id}/follow', status: 204, body: 'none' },
    async handler(context, input) {
      await choose(context, input, false)
    },
  }),
  defineOperation({
    ...base,
    name: 'following.settings',
    kind: 'query',
    summary: 'What the caller follows without a choice',
    input: z.strictObject({}),
    output: settings,
    http: { method: 'GET', path: '/following/settings' },
    handler: ({ tx, model, actor }) => readFollowSettings(tx, model.tenantId, actor.userId!),
  }),
  defineOperation({
    ...base,
    name: 'following.change',
    kind: 'command',
    summary: 'Change what one follows without a choice',
    input: z.strictObject({ owned: flag, created: flag }),
    output: settings,
    http: { method: 'PATCH', path: '/following/settings' },
    handler: ({ tx, model, actor }, input) => changeFollowSettings(tx, model.tenantId, actor.userId!, input),
  }),
]
