/** Texts that notes begin with: whoever writes notes chooses from them, whoever shapes objects keeps them. */
import { conflict, notFound, validationError } from '@oneforge/kernel/errors'
import { type AnyOperation, defineOperation, type OperationContext } from '@oneforge/kernel/operations'
import { z } from 'zod'
import { objectOf } from '../records/index.ts'
import { body } from './body.ts'
import * as store from './note-templates.store.ts'

const base = { tag: 'Note templates' } as const
const mostTemplates = 200
const mostObjects = 200

const noteTemplate = z
  .object({
    id: z.uuid(),
    name: z.string(),
    body: z.string(),
    objects: z.array(z.string()).nullable().describe('For records of which objects it is offered; null: of all.'),
    version: z.int(),
  })
  .meta({ id: 'NoteTemplate' })

const settings = z.strictObject({
  name: z
    .string({ error: 'is required' })
    .trim()
    .min(1, 'cannot be empty')
    .max(100, 'takes at most 100 characters')
    .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), 'must be one line without control characters'),
  body: body(20_000),
  objects: z
    .array(z.string())
    .min(1, 'must name an object; null stands for all')
    .max(mostObjects, `takes at most ${mostObjects} objects`)
    .nullable()
    .default(null),
})
const idPath = z.strictObject({ id: z.uuid('must be the id of a note template') })

/** Objects that are gone, or that the caller may not know of, are left out. */
function present({ model, policy }: OperationContext, row: store.NoteTemplateRow): z.input<typeof noteTemplate> {
  const slugs = row.object_ids?.flatMap((id) => model.objectById.get(id)?.slug ?? [])
  const { id, name, version } = row
  return { id, name, body: row.body, objects: slugs?.filter((slug) => policy.objects.has(slug)) ?? null, version }
}

function stored(
  { model }: OperationContext,
  { name, body, objects }: z.output<typeof settings>,
): store.NoteTemplateSettings {
  const unknown = objects?.findIndex((slug) => !model.object.has(slug)) ?? -1
  if (unknown >= 0)
    throw validationError([{ field: `objects[${unknown}]`, message: `“${objects![unknown]}” is no object of yours` }])
  return { name, body, object_ids: objects && [...new Set(objects)].map((slug) => model.object.get(slug)!.id) }
}

const taken = (name: string) =>
  validationError([{ field: 'name', message: `“${name}” is the name of another note template` }])

async function locked(
  { tx, model }: OperationContext,
  id: string,
  version: number | undefined,
): Promise<store.NoteTemplateRow> {
  const row = await store.lockNoteTemplate(tx, model.tenantId, id)
  if (!row) throw notFound(`The note template ${id}`)
  if (version !== undefined && version !== row.version)
    throw conflict(`The note template was changed since version ${version}. Look at it and try again.`)
  return row
}

const version = z.int().optional()

export const noteTemplateOperations: AnyOperation[] = [
  defineOperation({
    ...base,
    name: 'noteTemplates.list',
    kind: 'query',
    access: 'member',
    summary: 'The texts that notes can begin with',
    description: 'All of them, or those for records of an object that the caller may read.',
    input: z.strictObject({ object: z.string().optional() }),
    output: z.array(noteTemplate),
    http: { method: 'GET', path: '/note-templates' },
    async handler(context, input) {
      const objectId = input.object === undefined ? undefined : objectOf(context, input.object).id
      const rows = await store.listNoteTemplates(context.tx, context.model.tenantId, objectId)
      return rows.map((row) => present(context, row)).filter(({ objects }) => objects === null || objects.length > 0)
    },
  }),
  defineOperation({
    ...base,
    name: 'noteTemplates.create',
    kind: 'command',
    access: { admin: 'objects' },
    summary: 'Keep a text that notes can begin with',
    input: settings,
    output: noteTemplate,
    http: { method: 'POST', path: '/note-templates', status: 201 },
    async handler(context, input) {
      const { tx, model, actor } = context
      const kept = await store.listNoteTemplates(tx, model.tenantId)
      if (kept.length >= mostTemplates)
        throw conflict(`A workspace keeps at most ${mostTemplates} note templates. Delete one that nobody uses.`)
      const row = await store.insertNoteTemplate(tx, model.tenantId, stored(context, input), actor.userId!)
      if (!row) throw taken(input.name)
      return present(context, row)
    },
  }),
  defineOperation({
    ...base,
    name: 'noteTemplates.update',
    kind: 'command',
    access: { admin: 'objects' },
    summary: 'Change a note template; notes that began with it stay as they are',
    input: settings.extend({ ...idPath.shape, version }),
    output: noteTemplate,
    http: { method: 'PUT', path: '/note-templates/{id}', ifMatch: true },
    async handler(context, { id, version: seen, ...input }) {
      await locked(context, id, seen)
      const row = await store.updateNoteTemplate(context.tx, context.model.tenantId, id, stored(context, input))
      if (!row) throw taken(input.name)
      return present(context, row)
    },
  }),
  defineOperation({
    ...base,
    name: 'noteTemplates.delete',
    kind: 'command',
    access: { admin: 'objects' },
    summary: 'Delete a note template; notes that began with it stay as they are',
    input: idPath.extend({ version }),
    output: z.void(),
    http: { method: 'DELETE', path: '/note-templates/{id}', ifMatch: true, status: 204 },
    async handler(context, { id, version: seen }) {
      await locked(context, id, seen)
      await store.deleteNoteTemplate(context.tx, context.model.tenantId, id)
    },
  }),
]
