/** What a person is shown of what they were told: only what they may see now, in the words of now. */
import { type AccessPolicy, fieldAccess } from '@oneforge/kernel/access'
import { type CompiledObject, inLocale, type TenantModel } from '@oneforge/kernel/metadata'
import type { RecordContext } from '@oneforge/kernel/records'
import { type SeenTitle, seenTitles } from '../following/index.ts'
import { kindsOnPage, type NotificationKind, wishesOf } from './kinds.ts'
import { listNotifications, type NotificationRow, type Place } from './notifications.store.ts'
import { receiversOf } from './preferences.store.ts'

export interface ShownNotification {
  id: string
  kind: NotificationKind
  object: string | null
  recordId: string | null
  /** What the record is called. */
  title: string | null
  /** How many happenings it stands for. */
  count: number
  /** Labels of the fields that were changed. */
  fields: string[]
  /** Names of who did it, the latest last. */
  actors: string[]
  about: Record<string, unknown>
  at: string
  read: boolean
}

/** With what a mail has told already. */
export interface SeenNotification {
  row: NotificationRow
  /** Of the record, if it is about one. */
  record: SeenTitle | undefined
  fields: string[]
}

/** More unread ones than this are not counted. */
export const mostCounted = 100

/** Those that the person may still see; of changes to fields that are hidden from them nothing is left. */
export async function stillSeen(context: RecordContext, rows: NotificationRow[]): Promise<SeenNotification[]> {
  const references = rows.flatMap(({ record_id: recordId, object_id: objectId }) =>
    recordId && objectId ? [{ recordId, objectId }] : [],
  )
  const titles = await seenTitles(context, references)
  return rows.flatMap((row) => {
    const record = row.record_id ? titles.get(row.record_id) : undefined
    if (row.record_id && !record) return []
    const fields = record ? labelsOf(context, record.object, row.fields) : []
    return row.kind === 'changed' && row.fields.length > 0 && fields.length === 0 ? [] : [{ row, record, fields }]
  })
}

function labelsOf({ policy, locale }: RecordContext, object: CompiledObject, keys: string[]): string[] {
  return keys.flatMap((key) => {
    const relation = object.relations.find((one) => one.key === key)
    const label = object.field.get(key)?.label ?? relation?.label
    return label && fieldAccess(policy, object, key) !== 'hidden' ? [inLocale(label, locale)] : systemLabel(key)
  })
}

/** Owner and location are seen by all who see the record; the page has words for them. */
const systemLabel = (key: string): string[] => (key === 'ownerId' || key === 'locationId' ? [key] : [])

const present = ({ model, policy }: RecordContext, { row, record, fields }: SeenNotification): ShownNotification => ({
  id: row.id,
  kind: row.kind,
  object: record?.object.slug ?? knownSlug(model, policy, row.object_id),
  recordId: row.record_id,
  title: record?.title ?? null,
  count: row.count,
  fields,
  actors: row.names,
  about: record && row.kind === 'reminder' && hidesDue(policy, record.object) ? {} : row.about,
  at: row.at,
  read: row.read_at !== null,
})

/** Whether the person may not see when records of the object are due. */
function hidesDue(policy: AccessPolicy, object: CompiledObject): boolean {
  const due = object.roles.dueAt ?? object.roles.startsAt
  return due !== undefined && fieldAccess(policy, object, due) === 'hidden'
}

/** Of the object that a job was about, if the person knows of it. */
function knownSlug(model: TenantModel, policy: AccessPolicy, objectId: string | null): string | null {
  const slug = model.objectById.get(objectId ?? '')?.slug
  return slug && policy.objects.has(slug) ? slug : null
}

async function onPage({ tx, model }: RecordContext, userId: string): Promise<NotificationKind[]> {
  const [receiver] = await receiversOf(tx, model.tenantId, [userId])
  return kindsOnPage(wishesOf(receiver?.kinds ?? {}))
}

/** A page of them, the latest first, with the place where the next one begins. */
export async function shownTo(
  context: RecordContext,
  userId: string,
  query: { unread: boolean; after: Place | undefined; limit: number },
): Promise<{ items: ShownNotification[]; next: Place | null }> {
  const kinds = await onPage(context, userId)
  const whose = { tenantId: context.model.tenantId, userId }
  const rows = await listNotifications(context.tx, whose, { ...query, kinds, limit: query.limit + 1 })
  const shown = rows.slice(0, query.limit)
  const last = shown.at(-1)
  const items = (await stillSeen(context, shown)).map((one) => present(context, one))
  return { items, next: rows.length > query.limit && last ? { at: last.place, id: last.id } : null }
}

/** How many are unread, 100 at the most. */
export async function unreadOf(context: RecordContext, userId: string): Promise<number> {
  const whose = { tenantId: context.model.tenantId, userId }
  const kinds = await onPage(context, userId)
  const query = { kinds, unread: true, after: undefined, limit: mostCounted }
  return (await stillSeen(context, await listNotifications(context.tx, whose, query))).length
}
