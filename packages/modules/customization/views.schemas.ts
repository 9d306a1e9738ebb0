/** Saved views as the API takes and answers them. */
import { densities, groupIntervals, optionColors, timelineZooms, totalOps, viewTypes } from '@oneforge/kernel/metadata'
import { z } from 'zod'
import { text } from './text.schemas.ts'

const viewType = z.enum(viewTypes)
const viewVisibility = z.enum(['private', 'everyone', 'roles'])
const mostColumns = 100
const name = z.string().max(500)
const roleKeys = z.array(z.string().max(63)).max(100, 'takes at most 100 roles')

const column = z.strictObject({
  field: name,
  width: z.int().min(40, 'must be at least 40 pixels').max(1_200, 'must be at most 1,200 pixels').optional(),
  pinned: z.boolean().optional().describe('Stays in sight while the table is scrolled sideways'),
  total: z.enum(totalOps).optional().describe('At the foot of the table and of each group'),
})

const columnLimit = z.strictObject({
  value: name.nullable().describe('The option; null for the records without one'),
  most: z.int().min(1, 'must be at least 1').max(100_000, 'must be at most 100,000'),
})

const colorRule = z.strictObject({ filter: z.unknown(), color: z.enum(optionColors) })

const settings = z
  .strictObject({
    thenBy: name.describe('The second grouping of a table'),
    interval: z.enum(groupIntervals).describe('Of groups by dates; month unless said'),
    density: z.enum(densities),
    columnSettings: z.array(column).max(mostColumns),
    colors: z
      .array(colorRule)
      .max(20, 'takes at most 20 colours')
      .describe('Rows that pass a filter stand out; the first that fits counts'),
    laneField: name.describe('The field whose values are the lanes of a board and the groups of a timeline'),
    columnLimits: z
      .array(columnLimit)
      .max(mostColumns)
      .describe('How many cards the columns of a board should hold at most: a warning, no refusal'),
    zoom: z.enum(timelineZooms).describe('How much time a timeline shows at once'),
    dateField: name.describe('Of a calendar, a schedule and a timeline; the object’s roles unless said'),
    endField: name,
    resourceField: name.describe('A user, select or relation field whose values are the columns of a schedule'),
    colorField: name.describe('The select field whose colours the entries of a calendar wear'),
    cardFields: z.array(name).max(20, 'takes at most 20 fields').describe('Of the cards of a gallery'),
    imageField: name.describe('The picture of a card; initials without one'),
  })
  .partial()

const viewParts = z.strictObject({
  key: z.string().max(63).optional(),
  label: text,
  type: viewType,
  filter: z.unknown().optional(),
  sort: z.array(z.string()).max(5, 'takes at most 5 levels').nullish(),
  columns: z.array(z.string()).max(mostColumns).nullish(),
  groupBy: z.string().nullish(),
  settings: settings.optional().describe('Replaces all that was set'),
  visibility: viewVisibility,
  roles: roleKeys.optional().describe('Keys of the roles that see it, where the visibility is “roles”'),
  locked: z.boolean().optional().describe('Of a shared view: whether only those who administer views change it'),
  defaultFor: roleKeys.optional().describe('Keys of the roles for which a shared view opens first'),
})

export const viewSettings = viewParts.extend({
  type: viewType.default('table'),
  visibility: viewVisibility.default('private'),
})

/** Without defaults: what a change does not name stays. */
export const viewChange = viewParts.partial()
export type ViewChange = z.output<typeof viewChange>

export const view = z
  .object({
    id: z.uuid(),
    key: z.string(),
    label: z.string(),
    type: viewType,
    filter: z.unknown(),
    sort: z.array(z.string()).nullable(),
    columns: z.array(z.string()).nullable(),
    groupBy: z.string().nullable(),
    settings,
    visibility: viewVisibility,
    roles: roleKeys,
    locked: z.boolean(),
    defaultFor: roleKeys,
    isDefault: z.boolean().describe('Opens first for the caller'),
    pinned: z.boolean().describe('The caller has it in the navigation'),
    mayChange: z.boolean().describe('Whether the caller may change what it shows'),
    mayAdminister: z.boolean().describe('Whether the caller may also name, share, lock and remove it'),
    ownedByMe: z.boolean(),
    system: z.boolean(),
    version: z.int().describe('Grows with every change of a shared view; for If-Match.'),
  })
  .meta({ id: 'View' })

export const pinnedView = z
  .object({ id: z.uuid(), key: z.string(), label: z.string(), type: viewType, object: z.string() })
  .meta({ id: 'PinnedView' })
