/** The workspace as one glance shows it, as the server sends them. Labels come in the caller's language. */

import type { ObjectPermissions, OptionColor } from './metadata-types.ts'
import type { User } from './people-types.ts'
import type { LocalizedText, TextInput } from './text-types.ts'
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
}

/** A group of the sidebar. */
export interface NavigationGroup {
  key: string
  /** Null: no heading. */
  label: string | null
  labels: LocalizedText | null
  icon: string | null
  /** Slugs. */
  objects: string[]
}

export interface NavigationArrangement {
  /** Whether somebody has arranged it. */
  custom: boolean
  groups: NavigationGroup[]
  /** Objects that stay out of the sidebar. */
  hidden: string[]
}

/** How the sidebar is arranged, for everybody and for single roles. */
export interface Navigation {
  version: number
  arrangement: NavigationArrangement
  roles: { role: string; label: string; arrangement: NavigationArrangement }[]
}

export interface NavigationInput {
  role?: string | null
  /** Null: as the objects' own groups say. */
  groups: { key: string; label: TextInput | null; icon?: string | null; objects: string[] }[] | null
  hidden?: string[]
}

/** A text of the workspace in another language. */
export interface Translation {
  id: string
  kind: string
  object: string | null
  key: string
  property: string
  source: string
  /** Null: missing, English stands in. */
  text: string | null
}

export interface Translations {
  locale: string
  total: number
  missing: number
  texts: Translation[]
}

export interface TranslationFileCheck {
  dryRun: boolean
  changed: number
  unchanged: number
  problems: { line: number; id: string; message: string }[]
}

export interface Workspace {
  id: string
  name: string
  slug: string
  locale: string
  currency: string
  timeZone: string
  template: { slug: string; name: string; version: string } | null
  user: User
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
