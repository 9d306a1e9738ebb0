/** What depends on an object, a field, an option or a role, what would be lost with it, and how that is mended. */
import { isDeepStrictEqual } from 'node:util'
import { type AppError, conflict, notFound } from '@oneforge/kernel/errors'
import {
  type CompiledField,
  type CompiledObject,
  inLocale,
  type LocalizedText,
  leadsEverywhere,
  storedKey,
  type TenantModel,
  type VersionedKind,
  writeStates,
} from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import { everyDefinition, holdersOf, importsFilling, recordsWithOption, writeOwnView } from './dependents.store.ts'
import { recordsOf, recordsWithValue } from './losses.store.ts'
import { namesOnPath } from './names-on-path.ts'
import { copyOf, type Mend, type Reference, referencesOf, type Thing } from './references.ts'

/** What is to go. */
export type Subject =
  | { kind: 'object'; object: CompiledObject }
  | { kind: 'field'; object: CompiledObject; field: CompiledField }
  | { kind: 'option'; object: CompiledObject; field: CompiledField; value: string }

export interface Dependent {
  kind: VersionedKind | 'import' | 'members'
  object: string | null
  key: string
  label: string
  /** The part of it: `columns`, `rules.discharge`. */
  where: string
  message: string
  mend: Mend
}

export interface Dependents {
  dependents: Dependent[]
  /** Records that are there, or that hold a value. */
  records: number
}

export function fieldOf(object: CompiledObject, key: string): CompiledField {
  const field = object.field.get(key)
  if (!field) throw notFound(`The field “${key}” of ${object.slug}`)
  return field
}

type Asker = Pick<OperationContext, 'tx' | 'model' | 'locale'>

/** Also says how many records there are, or hold a value. */
export async function dependentsOf(context: Asker, subject: Subject): Promise<Dependents> {
  return { dependents: await whatNames(context, subject), records: await recordsFor(context, subject) }
}

async function whatNames(context: Asker, subject: Subject): Promise<Dependent[]> {
  const { tx, model } = context
  const things = await everyDefinition(tx, model.tenantId)
  const found = mentionsOf(model, things, subject).map(({ thing, reference }) =>
    describe(context, model, thing, reference, subject),
  )
  const imports = subject.kind === 'field' ? await runningImports(context, subject) : []
  return [...withoutRepeats(found), ...imports]
}

interface Mention {
  thing: Thing
  reference: Reference
}

function mentionsOf(model: TenantModel, things: Thing[], subject: Subject): Mention[] {
  return things
    .filter((thing) => !isPartOf(thing, subject))
    .flatMap((thing) => referencesOf(model, thing).map((reference) => ({ thing, reference })))
    .filter(({ reference }) => concerns(model, reference, subject))
}

/** What goes with the subject anyway. */
function isPartOf({ kind, id, state }: Thing, subject: Subject): boolean {
  if (subject.kind === 'object') return id === subject.object.id || state.object_id === subject.object.id
  return subject.kind === 'field' && kind === 'field' && id === subject.field.id
}

function concerns(model: TenantModel, reference: Reference, subject: Subject): boolean {
  const { base, path, values = [] } = reference
  if (subject.kind === 'object') {
    if (base.id === subject.object.id) return true
    return namesOnPath(model, base, path).some(
      ({ object, key }) =>
        object.id === subject.object.id ||
        (!leadsEverywhere(object.field.get(key)?.relation) &&
          object.relation.get(key)?.objects.some(({ id }) => id === subject.object.id)),
    )
  }
  if (path === '') return false
  const names = namesOnPath(model, base, path)
  if (subject.kind === 'option') {
    return values.includes(subject.value) && isNamed(names.at(-1)!, subject.object, subject.field)
  }
  return names.some((name) => isNamed(name, subject.object, subject.field))
}

function isNamed(
  { object, key }: { object: CompiledObject; key: string },
  at: CompiledObject,
  field: CompiledField,
): boolean {
  if (object.id === at.id && key === field.key) return true
  const relation = at.relation.get(field.key)
  return (
    relation?.direction === 'out' && key === relation.inverse && relation.objects.some(({ id }) => id === object.id)
  )
}

function describe(
  { locale }: Pick<OperationContext, 'locale'>,
  model: TenantModel,
  thing: Thing,
  { where, mend }: Reference,
  subject: Subject,
): Dependent {
  const { kind, state, isPrivate } = thing
  const object = kind === 'object' ? thing.id : state.object_id
  const owner = typeof object === 'string' ? model.objectById.get(object) : undefined
  const definition = state.definition as { label?: LocalizedText; labelPlural?: LocalizedText }
  const text = kind === 'object' ? definition.labelPlural : definition.label
  const key = String((kind === 'object' ? state.slug : state.key) ?? thing.id)
  const label = isPrivate ? 'a view of somebody’s own' : text ? inLocale(text, locale) : key
  const name = subject.kind === 'object' ? subject.object.slug : subject.field.key
  return {
    kind,
    object: owner?.slug ?? null,
    key: isPrivate ? 'own' : key,
    label,
    where,
    message: `${nounOf[kind]} “${label}”${owner && kind !== 'object' ? ` of ${owner.slug}` : ''} names “${name}” in its ${where}: ${mended[mend]}`,
    mend,
  }
}

const nounOf: Record<VersionedKind, string> = {
  workspace: 'the workspace',
  object: 'the object',
  field: 'the field',
  relation: 'the relation',
  role: 'the role',
  view: 'the view',
  workflow: 'the workflow',
  dashboard: 'the dashboard',
}

const mended: Record<Mend, string> = {
  takenOut: 'that part would be taken out',
  withoutValue: 'it would show nothing there',
  withdrawn: 'the right would be withdrawn, as without its filter it would reach further',
  none: 'it would lead nowhere',
}

const withoutRepeats = (found: Dependent[]): Dependent[] => [
  ...new Map(found.map((one) => [`${one.kind} ${one.object} ${one.key} ${one.where}`, one])).values(),
]

async function runningImports(
  { tx, model }: Pick<OperationContext, 'tx' | 'model'>,
  { object, field }: { object: CompiledObject; field: CompiledField },
): Promise<Dependent[]> {
  const imports = await importsFilling(tx, model.tenantId, object.id, field.key)
  return imports.map(({ id, file_name: label }) => ({
    kind: 'import',
    object: object.slug,
    key: id,
    label,
    where: 'mapping',
    message: `the import of “${label}”, which is under way, fills it: its column would be refused`,
    mend: 'none',
  }))
}

async function recordsFor({ tx, model }: Pick<OperationContext, 'tx' | 'model'>, subject: Subject): Promise<number> {
  const { object } = subject
  if (subject.kind === 'object') return recordsOf(tx, model.tenantId, object.id)
  if (subject.kind === 'field') return recordsWithValue(tx, model.tenantId, object.id, subject.field)
  return recordsWithOption(tx, model.tenantId, object.id, { key: storedKey(subject.field), value: subject.value })
}

/** Who holds a role, and which definitions name it. */
export async function dependentsOfRole(context: OperationContext, key: string): Promise<Dependents> {
  const { tx, model, locale } = context
  const role = model.roles.get(key)
  if (!role) throw notFound(`The role “${key}”`)
  const members = await holdersOf(tx, model.tenantId, key)
  const things = (await everyDefinition(tx, model.tenantId)).filter(
    ({ kind, state }) => (kind === 'dashboard' || kind === 'workflow') && names(state.definition, key),
  )
  const dependents = things.map(({ kind, state }): Dependent => {
    const { label: text } = state.definition as { label?: LocalizedText }
    const label = text ? inLocale(text, locale) : String(state.key)
    const message = `${nounOf[kind]} “${label}” names the role`
    return { kind, object: null, key: String(state.key), label, where: 'roles', message, mend: 'withoutValue' }
  })
  const held: Dependent = {
    kind: 'members',
    object: null,
    key,
    label: inLocale(role.label, locale),
    where: 'members',
    message: `${members} members hold it: give them another role first`,
    mend: 'none',
  }
  return { dependents: members > 0 ? [held, ...dependents] : dependents, records: 0 }
}

/** Who sees a dashboard, and whom a workflow turns to. */
const partsOfRoles = new Set(['roles', 'to', 'role', 'runAs'])

const names = (value: unknown, key: string): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(value).some(
    ([part, inner]) => (partsOfRoles.has(part) && [inner].flat().includes(key)) || names(inner, key),
  )

/** Refuses to remove what others depend on, unless told to go on: then those are mended. */
export async function releaseDependents(
  context: OperationContext,
  model: TenantModel,
  subject: Subject,
  force: boolean,
): Promise<void> {
  if (!force) {
    const dependents = await whatNames({ ...context, model }, subject)
    if (dependents.length > 0) throw stillNeeded(subject, dependents)
  }
  await mendDependents(context, model, subject)
}

function stillNeeded(subject: Subject, dependents: Dependent[]): AppError {
  const name = subject.kind === 'object' ? subject.object.slug : subject.field.key
  const details = dependents.map(({ kind, object, key, message }) => ({
    field: [kind, object, key].filter(Boolean).join('.'),
    message,
  }))
  const message = `${dependents.length} other things name “${name}”, among them ${dependents[0]!.message}. Send force=true to have them mended.`
  return conflict(message, { details, data: { dependents } })
}

async function mendDependents(context: OperationContext, model: TenantModel, subject: Subject): Promise<void> {
  const { tx } = context
  const things = (await everyDefinition(tx, model.tenantId)).map((thing) => ({ ...thing, state: copyOf(thing.state) }))
  for (const { reference } of mentionsOf(model, things, subject)) reference.remove()
  await writeChanged(context, things)
}

/** Writes the definitions that are not as they were. */
export async function writeChanged(context: OperationContext, things: Thing[]): Promise<void> {
  const { tx, model } = context
  const before = new Map((await everyDefinition(tx, model.tenantId)).map((thing) => [thing.id, thing.state]))
  const changed = things.filter(({ id, state }) => !isDeepStrictEqual(state, before.get(id)))
  for (const { id, state } of changed.filter(({ isPrivate }) => isPrivate))
    await writeOwnView(tx, model.tenantId, id, state)
  const shared = changed.filter(({ isPrivate }) => !isPrivate)
  await writeStates(
    tx,
    model.tenantId,
    shared.map(({ kind, id, state }) => ({ kind, id, state, isThere: true })),
  )
}
