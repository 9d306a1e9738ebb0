/** The workspace as one glance shows it, as the server sends them. Labels come in the caller's language. */

import type { NavigationGroup } from './arrangement-types.ts'
import type { ObjectPermissions, OptionColor } from './metadata-types.ts'
import type { User } from './people-types.ts'
import type { PlanWarning } from './usage-types.ts'

export interface ObjectSummary {
  slug: string
  label: string
  labelPlural: string
  icon: string
  color: OptionColor | null
  group: string | null
  order: number
  /** Null for whoever sees only some of the records. */
  recordCount: number | null
  /** Whether its records are tasks, meetings, calls or e-mails about other records. */
  activity: 'task' | 'meeting' | 'call' | 'email' | null
  /** Whether its records take hours of somebody or something that is not booked twice: visits, interviews. */
  booked: boolean
}

export interface Workspace {
  id: string
  name: string
  slug: string
  locale: string
  currency: string
  /** ISO 3166; null where nobody has said and the currency does not tell. */
  country: string | null
  timeZone: string
  template: { slug: string; name: string; version: string } | null
  /** `firstDay`: whether they are new here, and are shown what to try first. */
  user: User & { firstDay: boolean }
  roles: { key: string; label: string }[]
  permissions: { admin: string[]; objects: Record<string, ObjectPermissions> }
  objects: ObjectSummary[]
  /** The person's sidebar. */
  navigation: NavigationGroup[]
  metadataVersion: number
  /** Told to those who administer the settings. */
  warnings: PlanWarning[]
}

export interface TemplateSummary {
  slug: string
  version: string
  name: string
  industry: string
  description: string
  highlights: string[]
  icon: string
  color: string
  objects: { slug: string; labelPlural: string; icon: string }[]
  sampleCount: number
}
