/** Pipelines and their stages as the API takes them. */
import { optionColors } from '@oneforge/kernel/metadata'
import { z } from 'zod'
import { plain, text } from './text.schemas.ts'

const color = z.enum(optionColors).nullish()

const checklist = z
  .array(
    z.strictObject({
      key: z.string().max(63),
      label: text,
      required: z.boolean().optional().describe('Whether it must be done before a record leaves, unless it is lost'),
    }),
  )
  .max(50, 'takes at most 50 items')

const reasons = z
  .strictObject({
    required: z.boolean().optional(),
    options: z.array(z.strictObject({ value: plain, label: text.optional(), color })).max(100),
  })
  .describe('Why a record came here: asked when it does')

export const stageInput = z.strictObject({
  value: plain,
  label: text.optional(),
  color,
  kind: z.enum(['open', 'won', 'lost']).optional(),
  probability: z.number().min(0).max(100).nullish(),
  requires: z.array(z.string()).max(50).nullish().describe('Fields that must have a value when a record enters'),
  moments: z
    .array(z.string())
    .max(20)
    .nullish()
    .describe('Dates with a time that are filled with now when a record moves here, where they are empty'),
  moves: z.array(z.string()).max(100).nullish().describe('Stages that may come next; null: any'),
  checklist: checklist.nullish(),
  reasons: reasons.nullish(),
  rottingDays: z.int().min(1).max(3650).nullish().describe('Records that are here longer are rotting'),
})
export type StageInput = z.output<typeof stageInput>

const stages = z.array(stageInput).min(1, 'needs at least one stage').max(100, 'takes at most 100 stages')
const key = z.string({ error: 'is required' }).regex(/^[a-z][a-z0-9_]{0,62}$/, 'must be snake_case such as after_sales')

export const newPipeline = z.strictObject({
  key,
  label: text,
  field: key.describe('A select field, whose options become the stages, or the key of a new one'),
  stages: stages.optional(),
})
export type NewPipeline = z.output<typeof newPipeline>

export const pipelineChange = z.strictObject({
  label: text.optional(),
  stages: stages.optional().describe('The whole list in its order; what a stage does not name stays as it is'),
  replace: z
    .record(z.string(), z.string().nullable())
    .optional()
    .describe('Where the records of stages that are no more go: a stage, or null for none'),
})
export type PipelineChange = z.output<typeof pipelineChange>
