/** Dashboards as the API takes and answers them. */
import { optionColors } from '@oneforge/kernel/metadata'
import { intervals, measureOps, recurringIntervals } from '@oneforge/kernel/records'
import { widgetTypes } from '@oneforge/templates'
import { z } from 'zod'
import { countedPresets, presets } from './ranges.ts'

const mostWidgets = 40
const name = z.string().min(1, 'cannot be empty').max(500)
const short = z.string().trim().min(1, 'cannot be empty').max(100, 'takes at most 100 characters')
const long = z.string().max(5_000, 'takes at most 5,000 characters')
const inLanguages = <T extends z.ZodType>(one: T) =>
  z.union([one, z.object({ en: one }).catchall(one)], {
    error: 'must be a text or an object with a text per language, such as {"en": "Patient", "es": "Paciente"}',
  })
const roleKeys = z.array(z.string().max(63)).max(100, 'takes at most 100 roles')
const visibility = z.enum(['private', 'everyone', 'roles'])

const day = z.iso.date('must be a day such as 2026-01-31')
export const range = z
  .union(
    [
      z.strictObject({ preset: z.enum(presets) }),
      z.strictObject({ preset: z.enum(countedPresets), n: z.int().min(1).max(3_650) }),
      z
        .strictObject({ from: day, to: day })
        .refine(({ from, to }) => from <= to, { path: ['from'], error: 'must not be after the last day' }),
    ],
    { error: 'must be a period such as {"preset": "thisMonth"}, {"preset": "lastNDays", "n": 30} or {"from", "to"}' },
  )
  .meta({ id: 'DashboardRange' })

export const boardFilters = z
  .array(z.strictObject({ object: z.string().max(63).optional(), filter: z.unknown() }))
  .max(20, 'takes at most 20 filters')
  .describe('Without an object one narrows every widget whose object knows the fields that it names')

const measure = z.strictObject({ op: z.enum(measureOps), field: name.optional() })
const group = z.strictObject({
  field: name,
  interval: z
    .enum([...intervals, ...recurringIntervals])
    .optional()
    .describe('Of dates only; month unless said'),
})

const widgetParts = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, 'must be small letters, digits and underscores, a letter first'),
  type: z.enum(widgetTypes),
  object: z.string().max(63).optional().describe('All but texts and tasks are about one'),
  position: z
    .strictObject({
      x: z.int().min(0).max(11),
      y: z.int().min(0).max(1_000),
      w: z.int().min(1).max(12),
      h: z.int().min(1).max(50),
    })
    .refine(({ x, w }) => x + w <= 12, { path: ['w'], error: 'reaches beyond the twelve columns' })
    .describe('On a grid of twelve columns'),
  measure: measure.optional().describe('The count of records unless said'),
  measures: z.array(measure).min(1).max(5, 'takes at most 5 measures').optional().describe('Of tables and pivots'),
  filter: z.unknown().optional().describe('The filter language'),
  period: z
    .strictObject({
      field: name.optional().describe('The date that ranges apply to; the one that is grouped by unless said'),
      range: range.optional(),
      fixed: z.boolean().optional().describe('The range of the whole dashboard does not apply'),
    })
    .optional(),
  compare: z.enum(['previous', 'lastYear']).optional(),
  sparkline: z.enum(['day', 'week', 'month']).optional(),
  groupBy: group.optional(),
  thenBy: group.optional().describe('The series of a chart, the columns of a pivot or a heat map'),
  chart: z.enum(['bar', 'line', 'area', 'pie', 'funnel']).optional(),
  stacked: z.boolean().optional(),
  target: z.number().optional().describe('Of a goal; of money in whole units of the workspace’s currency'),
  fields: z.array(name).min(1).max(20, 'takes at most 20 fields').optional(),
  sort: z.array(name).max(5, 'takes at most 5 levels').optional(),
  limit: z.int().min(1).max(100).optional(),
  icon: z.string().max(100).optional(),
  color: z.enum(optionColors).optional(),
})

export const widgetInput = widgetParts.extend({ title: inLanguages(short), text: inLanguages(long).optional() })
export type WidgetInput = z.output<typeof widgetInput>

const widget = widgetParts.extend({ title: z.string(), text: z.string().optional() }).meta({ id: 'Widget' })

export const widgetsInput = z
  .array(widgetInput)
  .max(mostWidgets, `takes at most ${mostWidgets} widgets`)
  .superRefine((widgets, { addIssue }) => {
    for (const [index, { key, position }] of widgets.entries()) {
      const earlier = widgets.slice(0, index)
      if (earlier.some((one) => one.key === key)) {
        addIssue({ code: 'custom', path: [index, 'key'], message: `“${key}” is the key of another widget already` })
      }
      const other = earlier.find((one) => overlap(one.position, position))
      if (other) addIssue({ code: 'custom', path: [index, 'position'], message: `lies over the widget “${other.key}”` })
    }
  })

type Position = WidgetInput['position']

const overlap = (a: Position, b: Position): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h

const dashboardParts = z.strictObject({
  label: inLanguages(short),
  visibility,
  roles: roleKeys.optional().describe('Keys of the roles that see it, where the visibility is “roles”'),
  defaultFor: roleKeys.optional().describe('Keys of the roles for which a shared one opens first'),
  range: range.nullish().describe('What it shows unless somebody asks for another range'),
  filters: boardFilters.optional(),
  widgets: widgetsInput,
})

export const dashboardInput = dashboardParts.extend({ visibility: visibility.default('private') })

/** Without defaults: what a change does not name stays. */
export const dashboardChange = dashboardParts.partial()
export type DashboardChange = z.output<typeof dashboardChange>

export const duplicateInput = z.strictObject({
  label: inLanguages(short).optional(),
  visibility: z.enum(['private', 'everyone']).default('private'),
})

const summaryParts = z.object({
  id: z.uuid(),
  key: z.string(),
  label: z.string(),
  visibility,
  roles: roleKeys,
  defaultFor: roleKeys,
  isDefault: z.boolean().describe('Opens first for the caller'),
  ownedByMe: z.boolean(),
  mayChange: z.boolean(),
  system: z.boolean().describe('Came with a template'),
  version: z.int().describe('Grows with every change; for If-Match.'),
  widgetCount: z.int(),
})
export const dashboardSummary = summaryParts.meta({ id: 'DashboardSummary' })

export const dashboard = summaryParts
  .extend({
    range: range.nullable(),
    filters: z.array(z.object({ object: z.string().optional(), filter: z.unknown() })),
    widgets: z.array(widget),
  })
  .meta({ id: 'Dashboard' })

export const templateDifference = z
  .object({
    changed: z.boolean().describe('Whether it shows anything else than the board that the template brought'),
    widgets: z.array(
      z.object({
        key: z.string(),
        title: z.string(),
        change: z
          .enum(['added', 'changed', 'removed'])
          .describe('What happened to it here: going back takes away, puts right or brings back'),
      }),
    ),
    rest: z.boolean().describe('Whether its name, its days or its filters are others'),
  })
  .meta({ id: 'DashboardDifference' })
