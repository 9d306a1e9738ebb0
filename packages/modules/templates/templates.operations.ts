/** Choosing an industry, and its sample data. */

import { compilePolicy } from '@oneforge/kernel/access'
import { conflict, notFound, validationError } from '@oneforge/kernel/errors'
import { inLocale, loadModel } from '@oneforge/kernel/metadata'
import { type AnyOperation, defineOperation, type OperationContext } from '@oneforge/kernel/operations'
import { isPack, loadPacks, type Template } from '@oneforge/templates'
import { z } from 'zod'
import { presentWorkspace, workspace } from '../workspace/index.ts'
import { templateFrom } from './adding.service.ts'
import { findTemplate, offeredTemplates } from './library.ts'
import { withPackSamples } from './packs.ts'
import { loadSamples } from './samples.ts'
import { removeSamples, samplesHeld } from './samples-removal.ts'
import { applyTemplate, requireHeld } from './templates.service.ts'

const tag = 'Templates'
const liesUnder = 'lies under the templates of all industries: choose one of these, or add it to a workspace'
const templateSummary = z.object({
  slug: z.string(),
  version: z.string(),
  name: z.string(),
  industry: z.string(),
  description: z.string(),
  highlights: z.array(z.string()),
  icon: z.string(),
  color: z.string(),
  objects: z.array(z.object({ slug: z.string(), labelPlural: z.string(), icon: z.string() })),
  sampleCount: z.int(),
})
const templateDefinition = templateSummary
  .extend({
    objects: z.array(z.looseObject({ slug: z.string(), icon: z.string(), fields: z.array(z.looseObject({})) })),
  })
  .loose()

function presentTemplate(template: Template, locale: string): object {
  return {
    slug: template.slug,
    version: template.version,
    name: inLocale(template.name, locale),
    industry: template.industry,
    description: inLocale(template.description, locale),
    highlights: template.highlights.map((text) => inLocale(text, locale)),
    icon: template.icon,
    color: template.color,
    objects: template.objects.map((object) => ({
      slug: object.slug,
      labelPlural: inLocale(object.labelPlural, locale),
      icon: object.icon,
    })),
    sampleCount: Object.values(template.samples).reduce((sum, records) => sum + records.length, 0),
  }
}

/** The workspace as it is after the change, seen with the rights that the caller has by then. */
async function changedWorkspace(context: OperationContext): Promise<object> {
  const model = await loadModel(context.tx, context.model.tenantId)
  return presentWorkspace({ ...context, model, policy: compilePolicy(model, context.policy.rights) })
}

async function chosenTemplate({ tx, model }: OperationContext): Promise<Template> {
  const template =
    model.template &&
    ((await findTemplate(tx, model.template.slug, model.template.version)) ??
      (await findTemplate(tx, model.template.slug)))
  if (!template) throw conflict('The workspace has no template yet. Choose one first.')
  return template
}

export const templateOperations: AnyOperation[] = [
  defineOperation({
    name: 'templates.list',
    kind: 'query',
    tag,
    summary: 'The industries a workspace can be made for',
    access: 'public',
    input: z.object({
      packs: z
        .stringbool()
        .default(false)
        .describe('Also what lies under all industries and can be added to a workspace.'),
    }),
    output: z.array(templateSummary.meta({ id: 'TemplateSummary' })),
    http: { method: 'GET', path: '/templates' },
    async handler(context, { packs }) {
      const templates = await context.database.transaction({ readsOnly: true }, offeredTemplates)
      const all = packs ? [...templates, ...loadPacks()] : templates
      return all.map((template) => presentTemplate(template, context.locale))
    },
  }),
  defineOperation({
    name: 'templates.get',
    kind: 'query',
    tag,
    summary: 'One template with everything it brings',
    access: 'public',
    input: z.object({ slug: z.string() }),
    output: templateDefinition.meta({ id: 'Template' }),
    http: { method: 'GET', path: '/templates/{slug}' },
    async handler(context, input) {
      const template = await context.database.transaction({ readsOnly: true }, (tx) => findTemplate(tx, input.slug))
      if (!template) throw notFound(`The template “${input.slug}”`)
      const { samples: _samples, ...definition } = template
      return { ...definition, ...presentTemplate(template, context.locale), objects: template.objects }
    },
  }),
  defineOperation({
    name: 'templates.apply',
    kind: 'command',
    tag,
    summary: 'Give the workspace the shape of an industry',
    access: { admin: 'templates' },
    input: z.strictObject({
      template: z
        .unknown()
        .refine((value) => value !== undefined, 'is required')
        .describe('The slug of one that is offered, or a file.'),
      sampleData: z.boolean().default(false),
    }),
    output: workspace,
    cost: 20,
    http: { method: 'POST', path: '/workspace/template', status: 201 },
    async handler(context, input) {
      const template = await templateFrom(context, input.template)
      if (isPack(template.slug)) throw validationError([{ field: 'template', message: liesUnder }])
      if (typeof input.template !== 'string') requireHeld(context, template)
      await applyTemplate(context, template, input.sampleData)
      return changedWorkspace(context)
    },
  }),
  defineOperation({
    name: 'samples.load',
    kind: 'command',
    tag,
    summary: 'Load the sample records of the template',
    access: { admin: 'templates' },
    input: z.object({}),
    output: z.object({ loaded: z.int() }),
    cost: 20,
    http: { method: 'POST', path: '/workspace/samples', status: 201 },
    async handler(context) {
      return { loaded: await loadSamples(context, withPackSamples(await chosenTemplate(context), context.model)) }
    },
  }),
  defineOperation({
    name: 'samples.remove',
    kind: 'command',
    tag,
    summary: 'Remove the sample records',
    description:
      'Those that nobody has changed, written about or linked with other records go for good. The others become records like any others.',
    access: { admin: 'templates' },
    input: z.strictObject({
      touched: z.enum(['keep', 'trash']).default('keep').describe('What becomes of those that somebody has touched.'),
    }),
    output: z.object({ removed: z.int(), trashed: z.int(), kept: z.int() }),
    http: { method: 'DELETE', path: '/workspace/samples' },
    handler: (context, { touched }) => removeSamples(context, touched),
  }),
  defineOperation({
    name: 'samples.count',
    kind: 'query',
    tag,
    summary: 'How many sample records there are, and how many of them people have touched',
    access: { admin: 'templates' },
    input: z.object({}),
    output: z.object({ total: z.int(), touched: z.int() }),
    http: { method: 'GET', path: '/workspace/samples' },
    handler: (context) => samplesHeld(context),
  }),
]
