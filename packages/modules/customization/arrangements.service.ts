/** Arranges the navigation and the sections of records, for everybody or for a role. */
import { type FieldProblem, notFound, validationError } from '@oneforge/kernel/errors'
import {
  type Arrangements,
  type CompiledObject,
  inLocale,
  type LayoutArrangement,
  type LocalizedText,
  lastChangeOf,
  layoutOf,
  loadModel,
  localized,
  type NavigationArrangement,
  navigationOf,
  type TenantModel,
  updateLayout,
  updateNavigation,
} from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import { presentGroup, presentSection } from '../workspace/index.ts'
import type { GroupInput, LayoutChange, NavigationChange, SectionInput } from './arrangements.schemas.ts'
import { requireUnchanged, requireUnchangedThing } from './concurrent-changes.ts'
import { beginChange, objectIn } from './customization.service.ts'

type Asker = Pick<OperationContext, 'tx' | 'model' | 'locale' | 'response'>

/** The navigation as it is, with those of single roles. */
export async function readNavigation(context: Asker): Promise<object> {
  const { tx, model, locale } = context
  const version = await lastChangeOf(tx, model.tenantId, 'workspace', model.tenantId)
  context.response.headers.set('ETag', `"${version}"`)
  const present = (arrangement: NavigationArrangement | undefined) => {
    const { groups, hidden } = navigationOf(model.objects, arrangement)
    const shown = groups.map((group) => presentGroup(group, locale))
    return { custom: arrangement !== undefined, groups: shown, hidden: hidden.map(({ slug }) => slug) }
  }
  return { version, ...everyArrangement(model, model.navigation, locale, present) }
}

export async function changeNavigation(context: OperationContext, change: NavigationChange): Promise<object> {
  const model = await beginChange(context)
  const { tenantId } = model
  const thing = { kind: 'workspace', id: tenantId, name: 'The navigation' } as const
  await requireUnchangedThing(context, thing, change.version, () => readNavigation({ ...context, model }))
  const arrangement = change.groups && navigationFrom(context, model, change.groups, change.hidden)
  await updateNavigation(context.tx, tenantId, arranged(model, model.navigation, change.role, arrangement))
  return readNavigation({ ...context, model: await loadModel(context.tx, tenantId) })
}

function navigationFrom(
  { locale }: OperationContext,
  model: TenantModel,
  groups: GroupInput[],
  hidden: string[],
): NavigationArrangement {
  const named = [...groups.map(({ objects }, index) => ({ path: `groups[${index}].objects`, names: objects }))]
  const idOf = (slug: string) => model.object.get(slug)?.id
  stop([
    ...keyProblems('groups', groups),
    ...nameProblems([...named, { path: 'hidden', names: hidden }], idOf, 'an object of this workspace'),
  ])
  const before = known(model.navigation, ({ groups: list }) => list)
  return {
    groups: groups.map(({ key, label, icon, objects }) => ({
      key,
      ...labelled(label, locale, before.get(key)),
      ...(icon ? { icon } : {}),
      objects: objects.map((slug) => idOf(slug)!),
    })),
    hidden: hidden.map((slug) => idOf(slug)!),
  }
}

/** The sections of an object's records as they are, with those of single roles. */
export async function readLayout(context: Asker, slug: string): Promise<object> {
  const { model, locale } = context
  const object = objectIn(model, slug)
  context.response.headers.set('ETag', `"${object.changedIn}"`)
  const present = (arrangement: LayoutArrangement | undefined) => ({
    custom: arrangement !== undefined,
    sections: layoutOf(object.fields, arrangement).map((section) => presentSection(section, locale)),
  })
  const { slug: name, changedIn: version } = object
  return { object: name, version, ...everyArrangement(model, object.layout, locale, present) }
}

export async function changeLayout(context: OperationContext, slug: string, change: LayoutChange): Promise<object> {
  await requireUnchanged(context, slug, change.version)
  const model = await beginChange(context)
  const object = objectIn(model, slug)
  const arrangement = change.sections && layoutFrom(context, object, change.sections)
  const layout = arranged(model, object.layout, change.role, arrangement)
  await updateLayout(context.tx, model.tenantId, object.id, layout)
  return readLayout({ ...context, model: await loadModel(context.tx, model.tenantId) }, slug)
}

function layoutFrom({ locale }: OperationContext, object: CompiledObject, sections: SectionInput[]): LayoutArrangement {
  const named = sections.map(({ fields }, index) => ({ path: `sections[${index}].fields`, names: fields }))
  const idOf = (key: string) => object.field.get(key)?.id
  stop([...keyProblems('sections', sections), ...nameProblems(named, idOf, `a field of ${object.slug}`)])
  const before = known(object.layout, ({ sections: list }) => list)
  return {
    sections: sections.map(({ key, label, columns, collapsed, fields }) => ({
      key,
      ...labelled(label, locale, before.get(key)),
      columns,
      ...(collapsed ? { collapsed } : {}),
      fields: fields.map((field) => idOf(field)!),
    })),
  }
}

function everyArrangement<T, Presented>(
  { roles }: TenantModel,
  arrangements: Arrangements<T> | undefined,
  locale: string,
  present: (arrangement: T | undefined) => Presented,
) {
  const own = [...roles.values()].flatMap(({ id, key, label }) => {
    const arrangement = arrangements?.roles?.[id]
    return arrangement ? [{ role: key, label: inLocale(label, locale), arrangement: present(arrangement) }] : []
  })
  return { arrangement: present(arrangements?.everybody), roles: own }
}

/** The arrangements with one of them changed or, with null, taken out; null where none is left. */
function arranged<T>(
  { roles }: TenantModel,
  before: Arrangements<T> | undefined,
  roleKey: string | null | undefined,
  arrangement: T | null,
): Arrangements<T> | null {
  const role = roleKey == null ? undefined : roles.get(roleKey)
  if (roleKey != null && !role) throw notFound(`The role “${roleKey}”`)
  const { everybody, roles: byRole = {} } = before ?? {}
  const own = Object.entries(byRole).filter(([id]) => id !== role?.id)
  if (role && arrangement) own.push([role.id, arrangement])
  const forAll = role ? everybody : (arrangement ?? undefined)
  if (!forAll && own.length === 0) return null
  return { ...(forAll ? { everybody: forAll } : {}), ...(own.length > 0 ? { roles: Object.fromEntries(own) } : {}) }
}

interface Labelled {
  key: string
  label?: LocalizedText
}

/** Labels that groups or sections have already, in whichever arrangement: they keep the languages that are not named. */
function known<T>(arrangements: Arrangements<T> | undefined, listOf: (arrangement: T) => Labelled[]) {
  const all = [
    ...Object.values(arrangements?.roles ?? {}),
    ...(arrangements?.everybody ? [arrangements.everybody] : []),
  ]
  return new Map(all.flatMap(listOf).map(({ key, label }) => [key, label]))
}

const labelled = (label: GroupInput['label'], locale: string, before: LocalizedText | undefined) =>
  label == null ? {} : { label: localized(label, locale, before) }

function keyProblems(path: string, parts: { key: string }[]): FieldProblem[] {
  return parts.flatMap(({ key }, index) =>
    parts.findIndex((part) => part.key === key) < index
      ? [{ field: `${path}[${index}].key`, message: `“${key}” is there twice` }]
      : [],
  )
}

/** Names that nothing has, and names that stand in two places. */
function nameProblems(
  lists: { path: string; names: string[] }[],
  idOf: (name: string) => string | undefined,
  what: string,
): FieldProblem[] {
  const placed = new Set<string>()
  return lists.flatMap(({ path, names }) =>
    names.flatMap((name, index) => {
      const id = idOf(name)
      const field = `${path}[${index}]`
      if (!id) return [{ field, message: `“${name}” is not ${what}` }]
      if (placed.has(id)) return [{ field, message: `“${name}” stands in two places` }]
      placed.add(id)
      return []
    }),
  )
}

function stop(problems: FieldProblem[]): void {
  if (problems.length > 0) throw validationError(problems)
}
