/** What the API says of stays and figures. */
import { z } from 'zod'

const person = z.object({ id: z.uuid(), name: z.string() })
const money = z.object({ amount: z.string(), currency: z.string() })

export const staySchema = z
  .object({
    pipeline: z.string(),
    stage: z.string(),
    enteredAt: z.string(),
    leftAt: z.string().nullable(),
    leftTo: z.string().nullable().describe('The stage that followed'),
    exact: z.boolean().describe('False where the record was there before anybody wrote down when it came'),
    enteredBy: person.nullable(),
    ownerId: z.uuid().nullable().describe('Whose it was when it came'),
    amount: money.nullable().describe('As it was when it came'),
    reason: z.string().nullable(),
    note: z.string().nullable(),
    ticks: z.array(z.object({ item: z.string(), at: z.string(), by: person.nullable() })),
  })
  .meta({ id: 'Stay' })

export const recordPath = z.strictObject({ object: z.string(), id: z.string() })

export const tickInput = recordPath.extend({ pipeline: z.string(), item: z.string(), done: z.boolean() })

const sum = z
  .union([money, z.object({ amount: z.null(), currency: z.null(), mixed: z.literal(true) })])
  .nullable()
  .describe('Null without an amount, or where it is hidden; amounts of different currencies do not add up')

const day = z.iso.date('must be a day such as 2026-01-31')

export const figuresQuery = z.strictObject({
  object: z.string(),
  key: z.string(),
  from: day.optional().describe('The first day, in the time zone of the workspace; a year ago unless said'),
  to: day.optional().describe('The last day; today unless said'),
  owner: z.uuid().optional(),
  groupBy: z.enum(['owner', 'month']).optional(),
})

export const stageFigures = z
  .object({
    stage: z.string(),
    entered: z.int().describe('Stays that began in the period'),
    left: z.int().describe('Of those, how many have ended'),
    movedOn: z.int().describe('Of those, how many went on to a later stage'),
    toNext: z.number().nullable().describe('Their share, 0 to 1'),
    won: z.int().describe('Of those that came, how many were won afterwards'),
    toWon: z.number().nullable(),
    medianSeconds: z.number().nullable().describe('Of the stays that have ended'),
    averageSeconds: z.number().nullable(),
    open: z.object({ count: z.int(), sum, weighted: sum }).describe('What stands in the stage now'),
  })
  .meta({ id: 'StageFigures' })

export const figuresSchema = z
  .object({
    pipeline: z.string(),
    from: z.string(),
    to: z.string(),
    stages: z.array(stageFigures),
    lost: z.array(z.object({ stage: z.string(), reason: z.string().nullable(), count: z.int(), sum })),
    groups: z.array(
      z.object({
        key: z.string().nullable().describe('An owner’s id, or the first day of a month'),
        label: z.string().nullable(),
        stages: z.array(z.object({ stage: z.string(), entered: z.int(), movedOn: z.int(), won: z.int() })),
      }),
    ),
  })
  .meta({ id: 'PipelineFigures' })
