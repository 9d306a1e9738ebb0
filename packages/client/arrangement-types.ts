/** How pages are arranged, and the words of the workspace in other languages, as the server sends them. */
import type { LocalizedText, TextInput } from './text-types.ts'

/** A section of forms and record pages. */
export interface LayoutSection {
  key: string
  /** Null: no heading. */
  label: string | null
  labels: LocalizedText | null
  columns: 1 | 2
  /** Closed until somebody opens it. */
  collapsed: boolean
  fields: string[]
}

export interface LayoutArrangement {
  /** Whether somebody has arranged it. */
  custom: boolean
  sections: LayoutSection[]
}

/** In which sections the fields of an object stand, for everybody and for single roles. */
export interface Layout {
  object: string
  version: number
  arrangement: LayoutArrangement
  roles: { role: string; label: string; arrangement: LayoutArrangement }[]
}

export interface LayoutInput {
  role?: string | null
  /** Null: as the sections of the fields say. */
  sections: (Omit<LayoutSection, 'label' | 'labels'> & { label: TextInput | null })[] | null
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
