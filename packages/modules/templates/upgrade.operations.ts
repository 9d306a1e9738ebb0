/** What a living workspace does with its templates: see where it came from, upgrade, take back. */
import { type AnyOperation, defineOperation } from '@oneforge/kernel/operations'
import { z } from 'zod'
import { presentOrigins, undoOrigin, upgrade } from './upgrade.service.ts'

const base = { tag: 'Templates', access: { admin: 'templates' } } as const
const version = z.string().regex(/^\d+\.\d+\.\d+$/, 'must be three numbers, such as 1.1.0')
const origin = z
  .string()
  .max(60)
  .optional()
  .describe('Slug of one of the workspace’s templates; the first unless said.')
const side = z.enum(['mine', 'theirs'])

export const decisions = z
  .record(z.string().max(500), side)
  .default({})
  .describe('What is taken of conflicts, by id: mine, unless said.')

export const problems = z.array(z.object({ path: z.string(), message: z.string() }))

const change = z.object({
  kind: z.string(),
  id: z.uuid(),
  object: z.string().nullable(),
  key: z.string(),
  label: z.string(),
  action: z.enum(['added', 'changed', 'removed', 'broughtBack']),
  text: z.string(),
  properties: z.array(z.object({ path: z.string(), label: z.string(), before: z.unknown(), after: z.unknown() })),
})

export const planParts = {
  origin: z.string(),
  from: z.string().nullable(),
  to: z.string(),
  version: z.int().nullable().describe('The version of the metadata that was made; null where nothing was written.'),
  changes: z.array(change),
  conflicts: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      base: z.unknown(),
      mine: z.unknown(),
      theirs: z.unknown(),
      decision: side,
    }),
  ),
  kept: problems.describe('What the template changes and living records or members do not allow.'),
  problems: problems.describe('Why it cannot be applied; found by trying it out.'),
}
const plan = z.object(planParts).meta({ id: 'TemplatePlan' })

const taken = z
  .object({
    version: z.int().nullable(),
    changes: z.array(change),
    conflicts: z.array(z.looseObject({ object: z.string().nullable(), key: z.string(), message: z.string() })),
    losses: z.array(
      z.object({ object: z.string(), field: z.string().nullable(), records: z.int(), message: z.string() }),
    ),
  })
  .meta({ id: 'TemplateUndone' })

export const upgradeOperations: AnyOperation[] = [
  defineOperation({
    ...base,
    name: 'templates.origins',
    kind: 'query',
    summary: 'The templates that the workspace is made from',
    input: z.strictObject({}),
    output: z.object({
      origins: z.array(
        z.object({
          slug: z.string(),
          name: z.string(),
          version: z.string(),
          latest: z.string().nullable().describe('Null: it is not offered any more.'),
          upgrade: z.boolean(),
          notes: z.string().nullable().describe('What is new in the latest version.'),
          appliedAt: z.string().nullable(),
          appliedBy: z.object({ id: z.uuid(), name: z.string() }).nullable(),
          undoable: z.boolean(),
        }),
      ),
    }),
    http: { method: 'GET', path: '/workspace/template' },
    handler: async (context) => ({ origins: await presentOrigins(context) }),
  }),
  defineOperation({
    ...base,
    name: 'templates.planUpgrade',
    kind: 'query',
    summary: 'What an upgrade of a template would change',
    description: 'What the workspace changed is kept; what both changed is a conflict. Nothing is written.',
    input: z.strictObject({ origin, to: version.optional() }),
    output: plan,
    cost: 5,
    http: { method: 'GET', path: '/workspace/template/upgrade' },
    handler: (context, input) => upgrade(context, { ...input, decisions: {} }, 'look'),
  }),
  defineOperation({
    ...base,
    name: 'templates.upgrade',
    kind: 'command',
    summary: 'Upgrade a template, in one version that can be taken back',
    input: z.strictObject({ origin, to: version.optional(), decisions, dryRun: z.boolean().default(false) }),
    output: plan,
    cost: 20,
    http: { method: 'POST', path: '/workspace/template/upgrade' },
    handler: (context, { dryRun, ...wish }) => upgrade(context, wish, dryRun ? 'try' : 'apply'),
  }),
  defineOperation({
    ...base,
    name: 'templates.undo',
    kind: 'command',
    summary: 'Take back what last came in with a template',
    input: z.strictObject({ origin, dryRun: z.boolean().default(false) }),
    output: taken,
    cost: 20,
    http: { method: 'POST', path: '/workspace/template/undo' },
    handler: (context, { dryRun, ...wish }) => undoOrigin(context, wish, dryRun),
  }),
]
