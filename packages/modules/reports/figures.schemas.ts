/** Figures as the API answers them: what each kind of widget is drawn from. */
import { optionColors } from '@oneforge/kernel/metadata'
import { intervals, recurringIntervals } from '@oneforge/kernel/records'
import { z } from 'zod'
import { boardFilters, range, widgetsInput } from './dashboards.schemas.ts'

const money = z.object({ amount: z.string(), currency: z.string() })

export const widgetValue = z
  .union([
    z.number(),
    z.string(),
    money,
    z.object({ amount: z.null(), currency: z.null(), mixed: z.literal(true), amounts: z.array(money).optional() }),
    z.null(),
  ])
  .meta({ id: 'WidgetValue' })
  .describe(
    'A number, a date or an amount; amounts of several currencies do not add up, and may stand beside one another',
  )

const filter = z.unknown().describe('The filter language; null where it has no words for the group')
const category = z
  .object({
    value: z.unknown(),
    label: z.string().describe('Empty without a value; of dates the first day'),
    color: z.enum(optionColors).nullable(),
    filter,
  })
  .meta({ id: 'WidgetCategory' })

const interval = z.enum([...intervals, ...recurringIntervals]).nullable()
const share = z.number().nullable().describe('0.25 is a quarter')
const named = z.object({ name: z.string(), label: z.string() })
const records = z.array(z.record(z.string(), z.unknown()))

const data = z.union([
  z
    .object({
      value: widgetValue,
      previous: widgetValue,
      change: share,
      points: z.array(z.object({ from: z.string(), value: widgetValue })),
      amounts: z.array(money).describe('By currency, where these are several'),
    })
    .meta({ id: 'MetricData' }),
  z
    .object({
      value: widgetValue,
      target: widgetValue,
      share,
      expectedShare: share.describe('How much of the period is over'),
      previous: widgetValue,
      change: share,
    })
    .meta({ id: 'GoalData' }),
  z
    .object({
      categories: z.array(category),
      series: z
        .array(category.extend({ values: z.array(widgetValue) }))
        .describe('Those beyond the first twenty are gathered in the last'),
      others: z.object({ count: z.int(), values: z.array(widgetValue) }).nullable(),
      previous: z.array(widgetValue).nullable(),
      interval,
      isTruncated: z.boolean().describe('There are more groups than could be told apart'),
    })
    .meta({ id: 'ChartData' }),
  z
    .object({
      rows: z.array(category),
      columns: z.array(category),
      rowInterval: interval,
      columnInterval: interval,
      measures: z.array(named),
      cells: z.array(z.array(z.array(widgetValue))).describe('By row, column and measure'),
      rowTotals: z.array(z.array(widgetValue)),
      columnTotals: z.array(z.array(widgetValue)),
      total: z.array(widgetValue),
      isTruncated: z.boolean(),
    })
    .meta({ id: 'CrossData' }),
  z
    .object({
      columns: z.array(named),
      rows: z.array(z.object({ category, values: z.array(widgetValue) })),
      total: z.array(widgetValue),
      interval,
      isTruncated: z.boolean(),
    })
    .meta({ id: 'TableData' }),
  z
    .object({
      rows: z.array(z.object({ rank: z.int(), category, value: widgetValue, previous: widgetValue, share })),
      others: z.object({ count: z.int(), value: widgetValue }).nullable(),
      total: widgetValue,
      isTruncated: z.boolean().describe('There are more groups than could be ranked'),
    })
    .meta({ id: 'LeaderboardData' }),
  z
    .object({
      columns: z.array(
        named.extend({
          options: z
            .array(z.object({ value: z.string(), label: z.string() }))
            .optional()
            .describe('The words for what is stored in it, where it holds one of several choices'),
        }),
      ),
      records,
      total: z.int(),
    })
    .meta({ id: 'RecentData' }),
  z
    .object({
      pipeline: z.string(),
      stages: z.array(
        z.object({
          value: z.string(),
          label: z.string(),
          color: z.enum(optionColors).nullable(),
          kind: z.enum(['open', 'won', 'lost']),
          count: z.int(),
          sum: widgetValue,
          filter,
        }),
      ),
    })
    .meta({ id: 'PipelineData' }),
  z
    .object({
      from: z.string(),
      to: z.string(),
      entries: z.array(
        z.object({
          id: z.uuid(),
          object: z.string(),
          title: z.string(),
          start: z.string(),
          end: z.string().nullable(),
          allDay: z.boolean(),
          color: z.enum(optionColors).nullable(),
        }),
      ),
      isTruncated: z.boolean(),
    })
    .meta({ id: 'CalendarData' }),
  z
    .object({
      object: z.string(),
      open: z.int(),
      overdue: z.int(),
      today: z.int(),
      filters: z.object({ open: filter, overdue: filter, today: filter }).describe('Of the records that are counted'),
      records,
    })
    .meta({ id: 'TasksData' }),
  z.object({ text: z.string() }).meta({ id: 'TextData' }),
])

const days = z.object({ from: z.string(), to: z.string() }).describe('Both included')

const widgetFigures = z
  .object({
    key: z.string(),
    type: z.string(),
    object: z.string().nullable(),
    period: days.nullable(),
    comparedWith: days.nullable(),
    unfiltered: z.boolean().describe('A filter of the dashboard names what the widget’s object does not have'),
    drill: z.object({ object: z.string(), filter }).nullable().describe('The list behind the widget'),
    data: data.nullable(),
    problem: z.object({ code: z.string(), message: z.string() }).nullable().describe('Why there are no data'),
  })
  .meta({ id: 'WidgetFigures' })

export const dashboardFigures = z
  .object({
    at: z.iso.datetime(),
    timeZone: z.string(),
    currency: z.string(),
    weekStart: z.int().describe('1 is Monday'),
    range: days.nullable(),
    stamp: z.string().describe('Differs when figures may have changed'),
    widgets: z.array(widgetFigures),
  })
  .meta({ id: 'DashboardFigures' })

/** Absent: as the dashboard has it; null and an empty list: none. */
const chosen = {
  range: range.nullish().describe('The dashboard’s own unless said; null for none'),
  filters: boardFilters.optional().describe('The dashboard’s own unless said'),
}

export const figuresInput = z.strictObject({
  id: z.string(),
  ...chosen,
  widgets: z.array(z.string()).max(100).optional().describe('Keys of the widgets wanted; all unless said'),
})

export const previewInput = z.strictObject({ widgets: widgetsInput, ...chosen })

export const exportInput = z.strictObject({ id: z.string(), ...chosen, format: z.enum(['pdf', 'png']) })
