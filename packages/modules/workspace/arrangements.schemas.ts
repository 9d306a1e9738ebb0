/** Groups of the navigation and sections of records as the API answers them; see arrangements.presentation.ts. */
import { z } from 'zod'

const labels = z.object({ en: z.string() }).catchall(z.string()).nullable()

const named = {
  key: z.string(),
  label: z.string().nullable().describe('Null: no heading'),
  labels,
}

export const navigationGroup = z
  .object({ ...named, icon: z.string().nullable(), objects: z.array(z.string()) })
  .meta({ id: 'NavigationGroup' })

export const layoutSection = z
  .object({
    ...named,
    columns: z.union([z.literal(1), z.literal(2)]),
    collapsed: z.boolean().describe('Closed until somebody opens it'),
    fields: z.array(z.string()),
  })
  .meta({ id: 'LayoutSection' })
