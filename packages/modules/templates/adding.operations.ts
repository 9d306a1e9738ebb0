/** Templates as files, and several of them in one workspace. */
import { type AnyOperation, defineOperation } from '@oneforge/kernel/operations'
import { checkUntrusted, type Template } from '@oneforge/templates'
import { z } from 'zod'
import { addTemplate } from './adding.service.ts'
import { exportTemplate } from './export.service.ts'
import { planParts, problems } from './upgrade.operations.ts'

const base = { tag: 'Templates', access: { admin: 'templates' } } as const
const key = z.string().max(60)
const templateSlug = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'must be small letters, digits and hyphens')
  .max(60)

const use = z.enum(['mine', 'merge', 'rename'])
const resolution = z.object({ use, to: key.optional() })

const addingPlan = z
  .object({
    ...planParts,
    collisions: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(['object', 'field', 'inverse', 'numberPrefix', 'role', 'workflow', 'dashboard']),
        key: z.string(),
        mine: z.string(),
        theirs: z.string(),
        choices: z.array(use),
        resolution,
      }),
    ),
  })
  .meta({ id: 'TemplateAdding' })

export const addingOperations: AnyOperation[] = [
  defineOperation({
    ...base,
    name: 'templates.export',
    kind: 'query',
    summary: 'The workspace’s whole shape as a template file',
    description: 'Without records, with all languages. It can be checked, applied elsewhere and published.',
    input: z.strictObject({
      slug: templateSlug.optional(),
      version: z
        .string()
        .regex(/^\d{1,6}\.\d{1,6}\.\d{1,6}$/, 'must be three numbers, such as 1.0.0')
        .default('1.0.0'),
      name: z.string().trim().min(1).max(100).optional(),
    }),
    output: z.looseObject({ slug: z.string(), version: z.string() }).meta({ id: 'TemplateFile' }),
    cost: 5,
    http: { method: 'GET', path: '/workspace/template/export' },
    handler: exportTemplate,
  }),
  defineOperation({
    ...base,
    name: 'templates.check',
    kind: 'query',
    summary: 'Say all that is wrong with a template file',
    input: z.strictObject({ template: z.unknown() }),
    output: z.object({
      template: z
        .object({ slug: z.string(), version: z.string(), name: z.string(), objects: z.int() })
        .nullable()
        .describe('Null where there are problems.'),
      problems,
    }),
    cost: 5,
    http: { method: 'POST', path: '/workspace/template/check' },
    async handler(_context, input) {
      const found = checkUntrusted(input.template)
      if (found.length > 0) return { template: null, problems: found }
      const { slug, version, name, objects } = input.template as Template
      return { template: { slug, version, name: name.en, objects: objects.length }, problems: [] }
    },
  }),
  defineOperation({
    ...base,
    name: 'templates.add',
    kind: 'command',
    summary: 'Add a further template to the workspace, in one version that can be taken back',
    description:
      'Names that both have are collisions: each is kept (mine), joined (merge) or given another name (rename). A dry run tells them.',
    input: z.strictObject({
      template: z.unknown().describe('The slug of one that is offered, or a file.'),
      resolutions: z.record(z.string().max(300), resolution).default({}),
      sampleData: z.boolean().default(false),
      dryRun: z.boolean().default(false),
    }),
    output: addingPlan,
    cost: 20,
    http: { method: 'POST', path: '/workspace/template/add' },
    handler: (context, { dryRun, ...wish }) => addTemplate(context, wish, dryRun),
  }),
]
