/** Templates of messages: whoever writes to people chooses from them, whoever looks after the workspace keeps them. */
import { conflict, type FieldProblem, notFound, validationError } from '@oneforge/kernel/errors'
import { type AnyOperation, defineOperation, type OperationContext } from '@oneforge/kernel/operations'
import { objectOf } from '@oneforge/modules/records'
import { z } from 'zod'
import { checked } from './checked.ts'
import { draft, modes } from './compile.ts'
import * as store from './mail-templates.store.ts'
import { addingImages, previewing } from './preview.operations.ts'

const tag = 'Message templates'
const mostTemplates = 500
const mostLanguages = 10

const name = (most: number) =>
  z
    .string({ error: 'is required' })
    .trim()
    .max(most, `takes at most ${most} characters`)
    .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), 'must be one line without control characters')
const language = z.string().regex(/^[a-z]{2,3}(?:-[A-Z]{2})?$/, 'must be a language such as en or es-MX')

const settings = z.strictObject({
  name: name(100).min(1, 'cannot be empty'),
  folder: name(100).default(''),
  object: z.string().nullable().default(null).describe('Of whose records its merge fields are; null: of none.'),
  mode: z.enum(modes).default('visual').describe('`visual`: blocks; `source`: MJML.'),
  marketing: z.boolean().default(false).describe('Whether receivers may end it: the message says how.'),
  content: z
    .record(language, draft)
    .refine((content) => Object.keys(content).length > 0, 'must have a language')
    .refine((content) => Object.keys(content).length <= mostLanguages, `takes at most ${mostLanguages} languages`),
})
type Settings = z.output<typeof settings>

const listed = z
  .object({
    id: z.uuid(),
    name: z.string(),
    folder: z.string(),
    object: z.string().nullable(),
    mode: z.enum(modes),
    marketing: z.boolean(),
    languages: z.array(z.string()),
    subject: z.string().describe('In the caller’s language, or the first.'),
    version: z.int(),
    updatedAt: z.string(),
  })
  .meta({ id: 'ListedMailTemplate' })
const template = listed
  .omit({ languages: true, subject: true })
  .extend({ content: z.record(z.string(), draft) })
  .meta({ id: 'MailTemplate' })
const idPath = z.strictObject({ id: z.uuid('must be the id of a template') })
const version = z.int().optional()

/** An object that is gone, or that the caller may not know of, is none. */
const slugOf = ({ model, policy }: OperationContext, objectId: string | null): string | null => {
  const slug = objectId ? model.objectById.get(objectId)?.slug : undefined
  return slug && policy.objects.has(slug) ? slug : null
}

function present(context: OperationContext, row: store.MailTemplateRow): z.input<typeof template> {
  const { id, name, folder, mode, marketing, content, version, updatedAt } = row
  return { id, name, folder, object: slugOf(context, row.objectId), mode, marketing, content, version, updatedAt }
}

function presentListed(context: OperationContext, row: store.MailTemplateRow): z.input<typeof listed> {
  const { content, ...rest } = present(context, row)
  const languages = Object.keys(content)
  const shown = content[context.locale.split('-')[0]!] ?? content[languages[0]!]!
  return { ...rest, languages, subject: shown.subject }
}

/** Ready to be kept: compiled in all its languages, and nothing wrong with any. */
async function compiled(context: OperationContext, input: Settings): Promise<store.TemplateSettings> {
  const object = input.object === null ? undefined : objectOf(context, input.object)
  const made: Record<string, string> = {}
  const problems: FieldProblem[] = []
  for (const [language, written] of Object.entries(input.content)) {
    const found = await checked(context.model, object, written, input.mode, language)
    made[language] = found.html
    problems.push(
      ...found.problems.map(({ part, line, message }) => ({
        field: `content.${language}.${part}`,
        message: line > 0 ? `line ${line}: ${message}` : message,
      })),
    )
  }
  if (problems.length > 0) throw validationError(problems)
  const { name, folder, mode, marketing, content } = input
  return { name, folder, mode, marketing, content, compiled: made, objectId: object?.id ?? null }
}

const taken = (name: string) =>
  validationError([{ field: 'name', message: `“${name}” is the name of another template in this folder` }])

async function lock({ tx, model }: OperationContext, id: string, seen: number | undefined): Promise<void> {
  const version = await store.lockTemplate(tx, model.tenantId, id)
  if (version === undefined) throw notFound(`The template ${id}`)
  if (seen !== undefined && seen !== version)
    throw conflict(`The template was changed since version ${seen}. Look at it and try again.`)
}

export const mailTemplateOperations: AnyOperation[] = [
  defineOperation({
    tag,
    name: 'mailTemplates.list',
    kind: 'query',
    access: 'member',
    summary: 'The templates that messages can begin with',
    description: 'All of them, or those for records of an object that the caller may read, and those for any.',
    input: z.strictObject({ object: z.string().optional() }),
    output: z.array(listed),
    http: { method: 'GET', path: '/mail-templates' },
    async handler(context, { object }) {
      const objectId = object === undefined ? undefined : objectOf(context, object).id
      const rows = await store.listTemplates(context.tx, context.model.tenantId, objectId)
      return rows.map((row) => presentListed(context, row))
    },
  }),
  defineOperation({
    tag,
    name: 'mailTemplates.get',
    kind: 'query',
    access: 'member',
    summary: 'Read a template of messages',
    input: idPath,
    output: template,
    http: { method: 'GET', path: '/mail-templates/{id}' },
    async handler(context, { id }) {
      const row = await store.findTemplate(context.tx, context.model.tenantId, id)
      if (!row) throw notFound(`The template ${id}`)
      return present(context, row)
    },
  }),
  defineOperation({
    tag,
    name: 'mailTemplates.create',
    kind: 'command',
    access: { admin: 'settings' },
    summary: 'Keep a template of messages',
    description: '400 names each mistake with its line: unknown merge fields, tags that are not closed, invalid MJML.',
    cost: 5,
    input: settings,
    output: template,
    http: { method: 'POST', path: '/mail-templates', status: 201 },
    async handler(context, input) {
      const { tx, model, actor } = context
      const ready = await compiled(context, input)
      if ((await store.listTemplates(tx, model.tenantId)).length >= mostTemplates)
        throw conflict(`A workspace keeps at most ${mostTemplates} templates. Delete one that nobody uses.`)
      const row = await store.insertTemplate(tx, model.tenantId, ready, actor.userId!)
      if (!row) throw taken(input.name)
      return present(context, row)
    },
  }),
  defineOperation({
    tag,
    name: 'mailTemplates.update',
    kind: 'command',
    access: { admin: 'settings' },
    summary: 'Change a template of messages',
    cost: 5,
    input: settings.extend({ ...idPath.shape, version }),
    output: template,
    http: { method: 'PUT', path: '/mail-templates/{id}', ifMatch: true },
    async handler(context, { id, version: seen, ...input }) {
      const ready = await compiled(context, input)
      await lock(context, id, seen)
      const { tx, model, actor } = context
      const row = await store.updateTemplate(tx, model.tenantId, id, ready, actor.userId!)
      if (!row) throw taken(input.name)
      await store.forgetUnusedImages(tx, model.tenantId)
      return present(context, row)
    },
  }),
  defineOperation({
    tag,
    name: 'mailTemplates.delete',
    kind: 'command',
    access: { admin: 'settings' },
    summary: 'Delete a template of messages; what was sent stays as it was',
    input: idPath.extend({ version }),
    output: z.void(),
    http: { method: 'DELETE', path: '/mail-templates/{id}', ifMatch: true, status: 204 },
    async handler(context, { id, version: seen }) {
      await lock(context, id, seen)
      await store.deleteTemplate(context.tx, context.model.tenantId, id)
      await store.forgetUnusedImages(context.tx, context.model.tenantId)
    },
  }),
  previewing,
  addingImages,
]
