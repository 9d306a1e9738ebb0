/** Navigation and layouts as the API takes and answers them. */
import { z } from 'zod'
import { layoutSection, navigationGroup } from '../workspace/index.ts'
import { text } from './text.schemas.ts'

const key = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, 'must be snake_case such as patient_care')
const role = z.string().nullish().describe('A role that gets an arrangement of its own; everybody’s without it')
const version = z.int().optional().describe('The version the change was made on: If-Match')
const label = text.nullish().describe('Null: no heading')
const mostGroups = 50

const group = z.strictObject({
  key,
  label,
  icon: z
    .string()
    .regex(/^[a-z0-9-]{1,60}$/, 'must be the name of an icon, such as user-heart')
    .nullish(),
  objects: z.array(z.string()).max(500),
})
export type GroupInput = z.output<typeof group>

export const navigationChange = z.strictObject({
  version,
  role,
  groups: z
    .array(group)
    .max(mostGroups, `takes at most ${mostGroups} groups`)
    .nullable()
    .describe('Null: no arrangement, as the objects’ own groups say'),
  hidden: z.array(z.string()).max(500).default([]).describe('Objects that stay out of the navigation'),
})
export type NavigationChange = z.output<typeof navigationChange>

const section = z.strictObject({
  key,
  label,
  columns: z.union([z.literal(1), z.literal(2)], { error: 'must be 1 or 2' }).default(2),
  collapsed: z.boolean().default(false),
  fields: z.array(z.string()).max(500),
})
export type SectionInput = z.output<typeof section>

export const layoutChange = z.strictObject({
  version,
  role,
  sections: z
    .array(section)
    .max(mostGroups, `takes at most ${mostGroups} sections`)
    .nullable()
    .describe('Null: no arrangement, as the sections of the fields say'),
})
export type LayoutChange = z.output<typeof layoutChange>

const custom = z.boolean().describe('Whether somebody has arranged it')
const navigationArrangement = z.object({ custom, groups: z.array(navigationGroup), hidden: z.array(z.string()) })
const layoutArrangement = z.object({ custom, sections: z.array(layoutSection) })
const ofRole = { role: z.string(), label: z.string() }
const current = z.int().describe('For If-Match')

export const navigation = z
  .object({
    version: current,
    arrangement: navigationArrangement,
    roles: z.array(z.object({ ...ofRole, arrangement: navigationArrangement })),
  })
  .meta({ id: 'Navigation' })

export const layout = z
  .object({
    object: z.string(),
    version: current,
    arrangement: layoutArrangement,
    roles: z.array(z.object({ ...ofRole, arrangement: layoutArrangement })),
  })
  .meta({ id: 'Layout' })
