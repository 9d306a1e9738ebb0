/** Forms: made by those who administer automation, filled in by members and by people in front of the workspace. */
import { type AnyOperation, defineOperation, type HttpInput, PagedList } from '@oneforge/kernel/operations'
import { z } from 'zod'
import type { WholeFiles } from '../files/index.ts'
import type { Filling } from './filling.service.ts'
import {
  askedForm,
  form,
  formChange,
  formDay,
  formInput,
  formSubmission,
  received,
  submission,
} from './forms.schemas.ts'
import * as service from './forms.service.ts'

const making = { tag: 'Forms', access: { admin: 'automation' } } as const
const byId = z.strictObject({ id: z.uuid() })
const byAddress = z.object({ address: z.string().max(40) })

const cursor = z
  .string()
  .max(200)
  .transform((text, context) => {
    const read = placeIn(text)
    if (!read) context.addIssue('is not a cursor of this list')
    return read
  })

function placeIn(text: string): { at: string; id: string } | undefined {
  const parsed = place.safeParse(Buffer.from(text, 'base64url').toString().split(' '))
  return parsed.success ? { at: parsed.data[0], id: parsed.data[1] } : undefined
}
const place = z.tuple([z.iso.datetime(), z.uuid()])
const cursorOf = ({ at, id }: { at: string; id: string }) => Buffer.from(`${at} ${id}`).toString('base64url')

const makingOperations = (files: WholeFiles): AnyOperation[] => [
  defineOperation({
    ...making,
    name: 'forms.list',
    kind: 'query',
    summary: 'Forms of the workspace, with what became of them in the last 30 days',
    input: z.strictObject({}),
    output: z.array(form),
    http: { method: 'GET', path: '/forms' },
    handler: (context) => service.list(context),
  }),
  defineOperation({
    ...making,
    name: 'forms.create',
    kind: 'command',
    summary: 'Make a form; it is open once it is published',
    input: formInput,
    output: form,
    http: { method: 'POST', path: '/forms', status: 201 },
    handler: (context, input) => service.create(context, input),
  }),
  defineOperation({
    ...making,
    name: 'forms.get',
    kind: 'query',
    summary: 'A form',
    input: byId,
    output: form,
    http: { method: 'GET', path: '/forms/{id}' },
    handler: (context, { id }) => service.get(context, id),
  }),
  defineOperation({
    ...making,
    name: 'forms.update',
    kind: 'command',
    summary: 'Change a form, open it or close it',
    description: 'What is published has to be sound: 400 names each place that is not.',
    input: formChange.extend({ id: z.uuid() }),
    output: form,
    http: { method: 'PATCH', path: '/forms/{id}', ifMatch: true },
    handler: (context, { id, ...change }) => service.change(context, id, change),
  }),
  defineOperation({
    ...making,
    name: 'forms.remove',
    kind: 'command',
    summary: 'Delete a form; the records it made stay',
    input: byId,
    output: z.void(),
    http: { method: 'DELETE', path: '/forms/{id}', status: 204 },
    handler: (context, { id }) => service.remove(context, id, files),
  }),
  defineOperation({
    ...making,
    name: 'forms.duplicate',
    kind: 'command',
    summary: 'Make a copy of a form, which is closed and has an address of its own',
    input: byId.extend({ name: formInput.shape.name }),
    output: form,
    http: { method: 'POST', path: '/forms/{id}/duplicate', status: 201 },
    handler: (context, { id, name }) => service.duplicate(context, id, name),
  }),
  defineOperation({
    ...making,
    name: 'forms.figures',
    kind: 'query',
    summary: 'How often a form was looked at, begun, sent and refused, by day',
    input: byId.extend({ days: z.coerce.number().int().min(1).max(366).default(30) }),
    output: z.array(formDay),
    http: { method: 'GET', path: '/forms/{id}/figures' },
    handler: (context, { id, days }) => service.figures(context, id, days),
  }),
  defineOperation({
    ...making,
    name: 'forms.submissions',
    kind: 'query',
    summary: 'What came in by a form, the latest first',
    input: byId.extend({ cursor: cursor.optional(), limit: z.coerce.number().int().min(1).max(100).default(50) }),
    output: z.array(formSubmission),
    http: { method: 'GET', path: '/forms/{id}/submissions' },
    async handler(context, { id, cursor: before, limit }) {
      const { items, next } = await service.submissions(context, id, { before, limit })
      return new PagedList(items, { limit, nextCursor: next && cursorOf(next), hasNext: next !== null })
    },
  }),
]

const file = z.strictObject({
  token: submission.shape.token.describe('That of the form it belongs to'),
  proof: submission.shape.proof,
  question: z.string().max(40).describe('Id of the question that it answers'),
  name: z.string().max(300),
  size: z.int().min(1, 'must be the number of bytes, and not 0').describe('In bytes, at most 100 MB'),
})
const part = z.strictObject({
  file: z.uuid('must be the id of a file on its way'),
  offset: z.coerce.number({ error: 'is required as the header Upload-Offset' }).pipe(z.int().min(0)),
  content: z.instanceof(Uint8Array),
})
const fileOnItsWay = z
  .object({ id: z.uuid(), offset: z.int().describe('How many bytes are there'), size: z.int() })
  .meta({ id: 'FormFile' })

const partInput = ({ params, headers, body }: HttpInput): unknown => ({
  ...params,
  offset: headers.get('upload-offset') ?? undefined,
  content: body,
})
const partDescription =
  'The bytes as application/offset+octet-stream, at most 8 MB at a time, with the header Upload-Offset that says where they belong. 409 tells where to go on; the next part has to come within an hour. With the last one the file is there.'
const noted = z.enum(['seen', 'begun'])

const inside = { tag: 'Forms', access: 'member' } as const

const insideOperations = (filling: Filling): AnyOperation[] => [
  defineOperation({
    ...inside,
    name: 'forms.open',
    kind: 'query',
    summary: 'A form, to be filled in by a member',
    input: byId,
    output: askedForm,
    http: { method: 'GET', path: '/forms/{id}/questions' },
    handler: (context, { id }) => filling.openInside(context, id),
  }),
  defineOperation({
    ...inside,
    name: 'forms.note',
    kind: 'command',
    summary: 'Count that a form is looked at, or begun',
    cost: 1,
    input: byId.extend({ what: noted }),
    output: z.void(),
    http: { method: 'POST', path: '/forms/{id}/noted', status: 204 },
    handler: (context, { id, what }) => filling.noteInside(context, id, what),
  }),
  defineOperation({
    ...inside,
    name: 'forms.beginFile',
    kind: 'command',
    summary: 'Begin to add a file to a form before it is sent',
    input: byId.extend(file.shape),
    output: fileOnItsWay,
    http: { method: 'POST', path: '/forms/{id}/files', status: 201 },
    handler: (context, { id, ...begun }) => filling.beginFileInside(context, id, begun),
  }),
  defineOperation({
    ...inside,
    name: 'forms.appendFile',
    kind: 'command',
    phi: true,
    summary: 'Send the next part of a file of a form',
    description: partDescription,
    input: byId.extend(part.shape),
    output: fileOnItsWay,
    http: { method: 'PATCH', path: '/forms/{id}/files/{file}', body: 'bytes', input: partInput },
    handler: (context, { id, file: fileId, ...sent }) => filling.appendPartInside(context, id, { id: fileId, ...sent }),
  }),
  defineOperation({
    ...inside,
    name: 'forms.send',
    kind: 'command',
    phi: true,
    summary: 'Send a form as a member, whose rights decide what becomes of it',
    input: submission.extend({ id: z.uuid() }),
    output: received,
    http: { method: 'POST', path: '/forms/{id}/submissions', status: 201 },
    handler: (context, { id, ...sent }) => filling.sendInside(context, id, sent),
  }),
]

const front = { tag: 'Forms', access: 'public' } as const

const frontOperations = (filling: Filling): AnyOperation[] => [
  defineOperation({
    ...front,
    name: 'forms.openPublic',
    kind: 'query',
    summary: 'A published form by its address, with the work that is asked of whoever sends it',
    input: byAddress,
    output: askedForm,
    http: { method: 'GET', path: '/public-forms/{address}' },
    handler: (context, { address }) => filling.open(context, address),
  }),
  defineOperation({
    ...front,
    name: 'forms.notePublic',
    kind: 'command',
    summary: 'Count that a published form is looked at, or begun',
    input: byAddress.extend({ what: noted }),
    output: z.void(),
    http: { method: 'POST', path: '/public-forms/{address}/noted', status: 204 },
    handler: (context, { address, what }) => filling.note(context, address, what),
  }),
  defineOperation({
    ...front,
    name: 'forms.beginFilePublic',
    kind: 'command',
    summary: 'Begin to add a file to a published form before it is sent',
    description: 'Files of forms that are not sent within a day are forgotten.',
    input: byAddress.extend(file.shape),
    output: fileOnItsWay,
    http: { method: 'POST', path: '/public-forms/{address}/files', status: 201 },
    handler: (context, { address, ...begun }) => filling.beginFile(context, address, begun),
  }),
  defineOperation({
    ...front,
    name: 'forms.appendFilePublic',
    kind: 'command',
    phi: true,
    summary: 'Send the next part of a file of a published form',
    description: partDescription,
    input: byAddress.extend(part.shape),
    output: fileOnItsWay,
    http: { method: 'PATCH', path: '/public-forms/{address}/files/{file}', body: 'bytes', input: partInput },
    handler: (context, { address, file: fileId, ...sent }) =>
      filling.appendPart(context, address, { id: fileId, ...sent }),
  }),
  defineOperation({
    ...front,
    name: 'forms.sendPublic',
    kind: 'command',
    phi: true,
    summary: 'Send a published form',
    description:
      'Good once for each form that was opened; the same again is thanked and changes nothing. The answer does not tell whether somebody was known before.',
    input: submission.extend({ address: byAddress.shape.address }),
    output: received,
    http: { method: 'POST', path: '/public-forms/{address}/submissions', status: 201 },
    handler: (context, { address, ...sent }) => filling.send(context, address, sent),
  }),
]

export const formOperations = (filling: Filling, files: WholeFiles): AnyOperation[] => [
  ...makingOperations(files),
  ...insideOperations(filling),
  ...frontOperations(filling),
]
