/** Gives a living workspace another shape: what differs from the shape it has is written, everything else is left alone. */
import { isDeepStrictEqual } from 'node:util'
import { newId, type RawBuilder } from '@oneforge/kernel/database'
import {
  canBeSortable,
  type FieldDefinition,
  insertField,
  insertObjects,
  isComputedKind,
  type ObjectDefinition,
  orderFields,
  orderObjects,
  retireObject,
  setFieldRetired,
  slotCount,
  updateFieldRow,
  updateObjectRow,
  type ViewDefinition,
} from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import type { Shape } from '@oneforge/templates'
import {
  type Configuration,
  changeRelation,
  deleteField,
  deleteRows,
  type KeyedTable,
  type StoredField,
  type StoredObject,
  writeKeyed,
  writeViews,
} from './configuration.store.ts'
import { keyOfView } from './configuration.ts'

type Place = Pick<OperationContext, 'tx' | 'model'>

const same = (one: object, other: object): boolean => isDeepStrictEqual(one, other)
const keysOf = (list: ({ key: string } | { slug: string })[]): string[] =>
  list.map((item) => ('slug' in item ? item.slug : item.key))

/**
 * Writes the difference between two shapes of the workspace. Objects and fields that go are out of sight, with what
 * records hold in them; of roles, views, workflows and dashboards the rows go.
 *
 * @param stored what `mine` was read from.
 */
export async function reshape(place: Place, stored: Configuration, mine: Shape, wanted: Shape): Promise<void> {
  const { tx, model } = place
  const { tenantId } = model
  const before = new Map(mine.objects.map((object) => [object.slug, object]))
  const after = new Map(wanted.objects.map((object) => [object.slug, object]))
  for (const object of stored.objects) if (!after.has(object.slug)) await retireObject(tx, tenantId, object.id)
  const ids = new Map(stored.objects.filter(({ slug }) => after.has(slug)).map(({ slug, id }) => [slug, id]))
  const fresh = wanted.objects.flatMap((definition, position) =>
    before.has(definition.slug) ? [] : [{ id: newId(), definition, position }],
  )
  if (fresh.length > 0) await insertObjects(tx, tenantId, fresh, ids)
  for (const { id, definition } of fresh) ids.set(definition.slug, id)
  for (const object of stored.objects) {
    const [old, changed] = [before.get(object.slug)!, after.get(object.slug)]
    if (changed && !same(old, changed)) await reshapeObject(place, { stored, object, ids }, old, changed)
  }
  if (!same(keysOf(mine.objects), keysOf(wanted.objects))) await orderObjects(tx, tenantId, keysOf(wanted.objects))
  const statements = [
    ...changedRows(tenantId, 'roles', stored.roles, mine.roles, wanted.roles),
    ...changedRows(tenantId, 'workflows', stored.workflows, mine.workflows, wanted.workflows),
    ...changedRows(tenantId, 'dashboards', stored.dashboards, mine.dashboards, wanted.dashboards),
  ]
  if (statements.length > 0) await tx.batch(statements)
}

interface ObjectPlace {
  stored: Configuration
  object: StoredObject
  /** Of all objects by slug, the new ones too. */
  ids: Map<string, string>
}

async function reshapeObject(
  place: Place,
  at: ObjectPlace,
  mine: ObjectDefinition,
  wanted: ObjectDefinition,
): Promise<void> {
  const { tx, model } = place
  const { slug: _slug, fields, views = [], ...definition } = wanted
  const { slug: _same, fields: oldFields, views: oldViews = [], ...oldDefinition } = mine
  if (!same(definition, oldDefinition)) await updateObjectRow(tx, model.tenantId, at.object.id, definition)
  const rows = at.stored.fields.filter((field) => field.object_id === at.object.id)
  const taken = new Set(rows.filter(({ retired }) => !retired).map(({ slot }) => slot))
  const rowOf = (key: string) => rows.find((row) => row.key === key)
  for (const { key } of oldFields) {
    if (!fields.some((field) => field.key === key)) await setFieldRetired(tx, model.tenantId, rowOf(key)!.id, true)
  }
  for (const field of fields) {
    const old = oldFields.find(({ key }) => key === field.key)
    if (old && same(old, field) && same(mine.roles, wanted.roles)) continue
    await writeField(place, at, {
      field,
      old,
      row: rowOf(field.key),
      slot: slotFor(field, wanted, rowOf(field.key), taken),
    })
  }
  if (!same(keysOf(oldFields), keysOf(fields))) await orderFields(tx, model.tenantId, at.object.id, keysOf(fields))
  const statements = changedViews(model.tenantId, at, oldViews, views)
  if (statements.length > 0) await tx.batch(statements)
}

interface FieldWrite {
  field: FieldDefinition
  old: FieldDefinition | undefined
  row: StoredField | undefined
  slot: number | null
}

async function writeField({ tx, model }: Place, at: ObjectPlace, { field, old, row, slot }: FieldWrite): Promise<void> {
  const { tenantId } = model
  const { key: _key, ...definition } = field
  const wasRelation = row?.definition.relation !== undefined
  const isRelation = field.relation !== undefined
  if (!row || wasRelation !== isRelation) {
    if (row) await tx.batch([deleteField(tenantId, row.id)])
    return insertField(tx, tenantId, at.object.id, field, slot, at.ids)
  }
  // One of that name came and went before: it comes back with what records still hold in it.
  if (row.retired) await setFieldRetired(tx, tenantId, row.id, false)
  await updateFieldRow(tx, tenantId, row.id, definition, slot)
  if (field.relation && !same(field.relation, old?.relation ?? {})) {
    await tx.batch([changeRelation(tenantId, row.id, field.relation, at.ids)])
  }
}

/** The slot that the field has, or a free one where it is to be sortable; none where all are taken. */
function slotFor(
  field: FieldDefinition,
  { roles }: ObjectDefinition,
  row: StoredField | undefined,
  taken: Set<number | null>,
): number | null {
  const canHave = canBeSortable(field.type) || isComputedKind(field.type)
  if (!field.sortable || !canHave || Object.values(roles).includes(field.key)) return null
  if (row?.slot && !row.retired) return row.slot
  const free = Array.from({ length: slotCount }, (_, index) => index + 1).find((slot) => !taken.has(slot))
  if (free) taken.add(free)
  return free ?? null
}

function changedViews(
  tenantId: string,
  { stored, object }: ObjectPlace,
  mine: ViewDefinition[],
  wanted: ViewDefinition[],
): RawBuilder<unknown>[] {
  if (same(mine, wanted)) return []
  const rows = new Map(
    stored.views.filter((view) => view.object_id === object.id).map((view) => [keyOfView(view), view] as const),
  )
  const gone = [...rows].filter(([key]) => !wanted.some((view) => view.key === key)).map(([, { id }]) => id)
  const writes = wanted.map((view, position) => {
    const row = rows.get(view.key)
    const key = row ? row.key : view.key
    return { id: row?.id ?? newId(), object_id: object.id, key, definition: { ...view, key: key ?? '' }, position }
  })
  return [deleteRows(tenantId, 'views', gone), writeViews(tenantId, writes)]
}

function changedRows(
  tenantId: string,
  table: KeyedTable,
  stored: { id: string; key: string }[],
  mine: { key: string }[],
  wanted: { key: string }[],
): RawBuilder<unknown>[] {
  if (same(mine, wanted)) return []
  const gone = stored.filter(({ key }) => !wanted.some((one) => one.key === key)).map(({ id }) => id)
  const isChanged = (one: { key: string }, position: number) =>
    !same(one, mine.find(({ key }) => key === one.key) ?? {}) || mine[position]?.key !== one.key
  const rows = wanted.flatMap((one, position) => {
    // A role is called by its column only, workflows and dashboards by their definitions as well.
    const { key, ...rest } = one
    const definition = table === 'roles' ? rest : one
    return isChanged(one, position) ? [{ id: newId(), key, definition, position }] : []
  })
  return [deleteRows(tenantId, table, gone), writeKeyed(tenantId, table, rows)]
}
