/** What goes in and out of the operations on workflows. */
import { z } from 'zod'
import type { Workflow } from '../definition.ts'

const mostBytes = 512 * 1024

const text = z.union([z.string().max(1_000), z.record(z.string().max(35), z.string().max(1_000))], {
  error: 'must be a text, or an object with a text per language such as {"en": "Welcome"}',
})

/** A definition as somebody is building it: what its trigger and steps are is checked apart from it. */
export const definitionInput = z
  .strictObject({
    key: z
      .union([z.literal(''), z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, 'must be a key such as welcome_mail')])
      .optional(),
    label: text,
    description: z.string().max(2_000).optional(),
    object: z.string().max(100).optional().describe('Slug of what it is about'),
    trigger: z.looseObject({ type: z.string().max(100) }),
    condition: z.unknown().optional(),
    blocking: z.boolean().optional(),
    runAs: z.string().max(100).optional(),
    onImport: z.boolean().optional().describe('Whether imported records start it too'),
    steps: z.array(z.unknown(), 'must be a list of steps').max(1_000),
  })
  .refine((definition) => JSON.stringify(definition).length <= mostBytes, 'must be 512 KB or less')
  .meta({ id: 'WorkflowDefinitionInput' })
export type DefinitionInput = z.output<typeof definitionInput>

/** Told by its head only: what steps are, definition.ts says. */
const definition = z
  .looseObject({
    key: z.string(),
    label: z.record(z.string(), z.string()),
    trigger: z.looseObject({ type: z.string() }),
    steps: z.array(z.unknown()),
  })
  .meta({ id: 'WorkflowDefinition' }) as unknown as z.ZodType<Workflow>

export const problem = z
  .object({ path: z.string(), step: z.string().nullable(), message: z.string() })
  .meta({ id: 'WorkflowProblem' })

const person = z.object({ id: z.string(), name: z.string() })

const summaryParts = {
  id: z.string(),
  key: z.string(),
  label: z.string(),
  description: z.string().nullable(),
  object: z.string().nullable(),
  trigger: z.looseObject({ type: z.string() }),
  blocking: z.boolean(),
  enabled: z.boolean(),
  published: z.boolean().describe('Whether it has steps: a new one has none before its draft is published.'),
  version: z.int(),
  owner: person.nullable(),
  folder: z.string().nullable(),
  hasDraft: z.boolean(),
  lastRunAt: z.string().nullable(),
  counts: z
    .object({ running: z.int(), waiting: z.int(), failed: z.int() })
    .describe('Of those that failed the ones of the last 30 days; 10,000 stands for more.'),
}
export const summary = z.object(summaryParts).meta({ id: 'WorkflowSummary' })

export const draft = z
  .object({
    definition,
    version: z.int(),
    savedAt: z.string(),
    savedBy: person.nullable(),
    basedOn: z.int(),
    problems: z.array(problem),
  })
  .meta({ id: 'WorkflowDraft' })

export const detail = z
  .object({
    ...summaryParts,
    definition,
    draft: draft.nullable(),
    problems: z.array(problem),
    webhook: z.object({ ending: z.string(), madeAt: z.string(), calledAt: z.string().nullable() }).nullable(),
  })
  .meta({ id: 'WorkflowDetail' })

const versionParts = {
  version: z.int(),
  createdAt: z.string(),
  createdBy: person.nullable(),
  isCurrent: z.boolean(),
}
export const workflowVersion = z.object(versionParts).meta({ id: 'WorkflowVersion' })
export const wholeVersion = z.object({ ...versionParts, definition }).meta({ id: 'WholeWorkflowVersion' })

export const creation = z.strictObject({
  definition: definitionInput,
  folder: z.string().trim().max(100).optional(),
  enabled: z.boolean().optional(),
})

export const settings = {
  enabled: z.boolean().optional(),
  ownerId: z.uuid().nullable().optional(),
  folder: z.string().trim().max(100).nullable().optional(),
  label: text.optional(),
}
export const duplication = { label: text.optional() }
