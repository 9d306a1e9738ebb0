/** Looking at a template before it is kept, and the pictures in it. */
import { conflict, validationError } from '@oneforge/kernel/errors'
import { defineOperation, type OperationContext } from '@oneforge/kernel/operations'
import { idOf, objectOf } from '@oneforge/modules/records'
import { z } from 'zod'
import { checked } from './checked.ts'
import { type Draft, draft, modes, type Problem, partNames } from './compile.ts'
import { MergeFailed } from './liquid.ts'
import { countImages, forgetUnusedImages, insertImage } from './mail-templates.store.ts'
import { imagesIn, type MergedMail, merge, scopeFor, withImages } from './merged.ts'
import { pictureType } from './picture-type.ts'

const base = { tag: 'Message templates', access: { admin: 'settings' } } as const
const mostImages = 500
const largestImage = 1024 ** 2

const problem = z.object({ part: z.enum(partNames), line: z.int(), message: z.string() })

export const previewing = defineOperation({
  ...base,
  name: 'mailTemplates.preview',
  kind: 'query',
  phi: true,
  summary: 'What a template says of a record, before it is kept',
  description:
    'As far as the caller sees the record; without one, merge fields stand as they are written. Pictures stand in the HTML. `problems` are all mistakes, with their lines.',
  cost: 5,
  input: z.strictObject({
    object: z.string().nullable().default(null),
    recordId: z.string().nullable().default(null),
    mode: z.enum(modes),
    language: z.string().max(10).default('en'),
    draft,
  }),
  output: z.object({ subject: z.string(), html: z.string(), text: z.string(), problems: z.array(problem) }),
  http: { method: 'POST', path: '/mail-templates/preview' },
  async handler(context, { object: slug, recordId, mode, language, draft: written }) {
    const object = slug === null ? undefined : objectOf(context, slug)
    const { html, problems } = await checked(context.model, object, written, mode, language)
    const about = object && recordId !== null ? { object, recordId: idOf(object, recordId) } : undefined
    const shown = about ? await filled(context, written, html, about, language) : { mail: { ...written, html } }
    const { subject, text, html: whole } = shown.mail
    return {
      subject,
      text,
      html: withImages(whole, await imagesIn(context, whole)),
      problems: [...problems, ...(shown.problem && problems.length === 0 ? [shown.problem] : [])],
    }
  },
})

/** With the record's values; as it is written where that cannot be. */
async function filled(
  context: OperationContext,
  written: Draft,
  html: string,
  about: NonNullable<Parameters<typeof scopeFor>[2]>,
  language: string,
): Promise<{ mail: MergedMail; problem?: Problem }> {
  try {
    const scope = await scopeFor(context, [written.subject, written.text, html], about, language)
    return { mail: merge(written, html, scope) }
  } catch (error) {
    if (!(error instanceof MergeFailed)) throw error
    const { message, line } = error
    return { mail: { ...written, html }, problem: { part: 'content', line, message } }
  }
}

export const addingImages = defineOperation({
  ...base,
  name: 'mailImages.add',
  kind: 'command',
  summary: 'Add a picture that templates can show',
  description: 'PNG, JPEG or GIF of at most 1 MB. Messages carry it themselves: nothing is fetched when they are read.',
  cost: 5,
  input: z.strictObject({
    name: z
      .string()
      .trim()
      .min(1, 'cannot be empty')
      .max(200)
      .regex(/^[^\p{Cc}]*$/u, 'must be one line'),
    content: z.base64('must be the picture in base64').max(largestImage * 1.4, 'can have at most 1 MB'),
  }),
  output: z.object({ id: z.uuid() }),
  http: { method: 'POST', path: '/mail-images', status: 201 },
  async handler({ tx, model }, { name, content: encoded }) {
    const content = Buffer.from(encoded, 'base64')
    const type = pictureType(content)
    if (!type) throw validationError([{ field: 'content', message: 'must be a PNG, JPEG or GIF picture' }])
    if (content.length > largestImage) throw validationError([{ field: 'content', message: 'can have at most 1 MB' }])
    await forgetUnusedImages(tx, model.tenantId)
    if ((await countImages(tx, model.tenantId)) >= mostImages)
      throw conflict(`A workspace keeps at most ${mostImages} pictures of templates.`)
    return { id: await insertImage(tx, model.tenantId, { name, type, content }) }
  },
})
