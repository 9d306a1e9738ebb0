/** Ticks, writes, moves and removes single items of a checklist. */
import { forRecord } from '@oneforge/kernel/access'
import { notFound } from '@oneforge/kernel/errors'
import { type CheckItem, mostChecklistItems } from '@oneforge/kernel/metadata/values'
import { defineOperation } from '@oneforge/kernel/operations'
import { accessOfField, lockRecord, updateRecord } from '@oneforge/kernel/records'
import { z } from 'zod'
import { changedItems } from './checklist.ts'
import { idOf, objectOf } from './records.requests.ts'
import { record, recordPath } from './records.schemas.ts'

const itemId = z.string().regex(/^[A-Za-z0-9_-]{1,40}$/, 'takes at most 40 letters, digits, - and _')
const most = `takes at most ${mostChecklistItems} items`

const change = z.strictObject({
  id: itemId.optional().describe('Of an item that is there, or that a new one is to have.'),
  text: z.string({ error: 'must be text' }).trim().min(1, 'cannot be empty').optional(),
  done: z.boolean({ error: 'must be true or false' }).optional(),
  after: itemId
    .nullable()
    .optional()
    .describe('The item that it comes after; null puts it first. Unless said, an item stays and a new one comes last.'),
})

export const changeChecklist = defineOperation({
  name: 'records.changeChecklist',
  kind: 'command',
  tag: 'Records',
  access: 'member',
  phi: true,
  summary: 'Tick, write, move and remove items of a checklist',
  description:
    'Items that are not named stay as they are, also where others change them at the same time. PATCH of the record replaces the list as a whole.',
  input: recordPath.extend({
    field: z.string(),
    items: z.array(change).max(mostChecklistItems, most).default([]),
    removed: z.array(itemId).max(mostChecklistItems, most).default([]),
  }),
  output: record,
  http: { method: 'PATCH', path: '/{object}/{id}/checklists/{field}' },
  async handler(context, input) {
    const object = objectOf(context, input.object)
    const id = idOf(object, input.id)
    const { row, data } = await lockRecord(context, object, id, 'update')
    const field = object.field.get(input.field)
    const policy = forRecord(context.policy, object, row.voices)
    if (field?.type !== 'checklist' || accessOfField({ ...context, policy }, object, field) === 'hidden')
      throw notFound(`The checklist “${input.field}” of ${object.slug}`)
    const items = (data[field.key] ?? []) as CheckItem[]
    const wanted = changedItems(items, input.items, input.removed)
    return updateRecord(context, object, id, { [field.key]: wanted }, { mode: 'patch' })
  },
})
