/** The words of the workspace in other languages. */
import { type AnyOperation, defineOperation, HttpAnswer } from '@oneforge/kernel/operations'
import { z } from 'zod'
import { fileFormats, readFile, writeFile } from './translations.files.ts'
import { importTranslations, readTranslations, writeTranslations } from './translations.service.ts'

const base = { tag: 'Workspace', access: { admin: 'objects' } } as const
const locale = z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/, 'must be the code of a language, such as es or pt-BR')
const format = z.enum(fileFormats)

const state = {
  locale: z.string(),
  total: z.int(),
  missing: z.int().describe('How many have no text in this language: English stands in'),
}

const text = z
  .object({
    id: z.string(),
    kind: z.string(),
    object: z.string().nullable(),
    key: z.string(),
    property: z.string().describe('What of it is named, in words'),
    source: z.string(),
    text: z.string().nullable().describe('Null: missing'),
  })
  .meta({ id: 'Translation' })

export const translationOperations: AnyOperation[] = [
  defineOperation({
    ...base,
    name: 'translations.list',
    kind: 'query',
    summary: 'All texts of the workspace with their translations into a language',
    description: 'Texts of roles, views and automation are listed for those who administer them.',
    input: z.strictObject({
      locale,
      object: z.string().optional().describe('Only those of this object'),
      missing: z.stringbool().default(false).describe('Only those without a text'),
    }),
    output: z.object({ ...state, texts: z.array(text) }),
    cost: 5,
    http: { method: 'GET', path: '/workspace/translations' },
    handler: (context, input) => readTranslations(context, input),
  }),
  defineOperation({
    ...base,
    name: 'translations.set',
    kind: 'command',
    summary: 'Translate texts of the workspace',
    input: z.strictObject({
      locale,
      texts: z.record(z.string(), z.string().trim().nullable()).describe('By id; null takes a text away'),
    }),
    output: z.object({ ...state, changed: z.int() }),
    cost: 5,
    http: { method: 'PUT', path: '/workspace/translations' },
    handler: (context, input) => writeTranslations(context, input.locale, input.texts),
  }),
  defineOperation({
    ...base,
    name: 'translations.export',
    kind: 'query',
    summary: 'The texts as a file for translators',
    input: z.strictObject({ locale, format: format.default('csv'), missing: z.stringbool().default(false) }),
    output: z.unknown(),
    cost: 5,
    http: { method: 'GET', path: '/workspace/translations/file', raw: true },
    async handler(context, input) {
      const { texts } = await readTranslations(context, input)
      return new HttpAnswer(writeFile(input.format, input.locale, texts), {
        'content-type': input.format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8',
        'content-disposition': `attachment; filename="translations-${input.locale}.${input.format}"`,
      })
    },
  }),
  defineOperation({
    ...base,
    name: 'translations.import',
    kind: 'command',
    summary: 'Check a file of translations and take what fits',
    description: 'Texts that were translated from something that has been changed since are not taken.',
    input: z.strictObject({
      locale,
      format,
      content: z.string().max(5_000_000, 'takes at most 5 MB'),
      dryRun: z.boolean().default(false).describe('Only checks'),
    }),
    output: z.object({
      dryRun: z.boolean(),
      changed: z.int(),
      unchanged: z.int(),
      problems: z.array(z.object({ line: z.int(), id: z.string(), message: z.string() })),
    }),
    cost: 10,
    http: { method: 'POST', path: '/workspace/translations/file' },
    handler: (context, { locale: language, format: as, content, dryRun }) =>
      importTranslations(context, { locale: language, rows: readFile(as, content), dryRun }),
  }),
]
