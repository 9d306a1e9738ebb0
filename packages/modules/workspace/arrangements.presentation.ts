/** How pages are arranged for one person: what they may see, under headings in their language. */
import {
  arrangementFor,
  type CompiledField,
  type CompiledObject,
  inLocale,
  type LocalizedText,
  layoutOf,
  navigationOf,
  type PlacedGroup,
  type PlacedSection,
} from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'

type Viewer = Pick<OperationContext, 'model' | 'policy' | 'locale'>

const keysOf = ({ policy }: Viewer): string[] => policy.roles.map(({ key }) => key)

/** The groups of somebody's sidebar; those without anything for them are left out. */
export function navigationFor(viewer: Viewer, visible: CompiledObject[]): PlacedGroup<CompiledObject>[] {
  const { groups } = navigationOf(visible, arrangementFor(viewer.model, viewer.model.navigation, keysOf(viewer)))
  return groups.filter(({ objects }) => objects.length > 0)
}

export const presentNavigation = (viewer: Viewer, visible: CompiledObject[]): object[] =>
  navigationFor(viewer, visible).map((group) => presentGroup(group, viewer.locale))

export const presentGroup = ({ key, label, icon, objects }: PlacedGroup<CompiledObject>, locale: string): object => ({
  ...named(key, label, locale),
  icon: icon ?? null,
  objects: objects.map(({ slug }) => slug),
})

/** The sections of an object's records; those without anything for the viewer are left out. */
export function presentLayout(viewer: Viewer, object: CompiledObject, shown: CompiledField[]): object[] {
  const sections = layoutOf(shown, arrangementFor(viewer.model, object.layout, keysOf(viewer)))
  return sections.filter(({ fields }) => fields.length > 0).map((section) => presentSection(section, viewer.locale))
}

export const presentSection = (
  { key, label, columns, collapsed, fields }: PlacedSection<CompiledField>,
  locale: string,
): object => ({
  ...named(key, label, locale),
  columns,
  collapsed,
  fields: fields.map((field) => field.key),
})

const named = (key: string, label: LocalizedText | undefined, locale: string) => ({
  key,
  label: label ? inLocale(label, locale) : null,
  labels: label ?? null,
})
