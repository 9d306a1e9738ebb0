/** Finds records and people by what a file calls them. */
import { type AccessPolicy, fieldAccess, rowCondition, scopeOf, seenCondition } from '@oneforge/kernel/access'
import { type RawBuilder, type Row, sql, type Transaction } from '@oneforge/kernel/database'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import { foldText, sortKey } from '@oneforge/kernel/metadata/values'
import type { RecordContext } from '@oneforge/kernel/records'

/** What a record was found by, the surest first. */
export type FoundBy = 'number' | 'email' | 'title'

export interface NamedRecord extends Row {
  id: string
  by: FoundBy
  name: string
}

/** The form in which titles are compared. */
export const titleKey = (object: CompiledObject, text: string): string => {
  const type = object.field.get(object.roles.title)?.type ?? 'text'
  return sortKey({ type }, text) ?? foldText(text).slice(0, 200)
}

/** The condition for records of the object that the caller may read under the alias `r`; undefined if there are none. */
function readable(policy: AccessPolicy, tenantId: string, object: CompiledObject): RawBuilder<unknown> | undefined {
  const scope = scopeOf(policy, object, 'read')
  if (!scope) return undefined
  const limit = rowCondition(policy, scope, 'r')
  return sql`r.tenant_id = ${tenantId} and r.object_id = ${object.id} and r.deleted_at is null ${limit ? sql`and ${limit}` : sql``}`
}

/** Records whose number, e-mail address or title is one of these texts, as far as the caller may see both. */
export async function findNamed(
  { tx, model, policy }: RecordContext,
  object: CompiledObject,
  texts: string[],
): Promise<NamedRecord[]> {
  const visible = readable(policy, model.tenantId, object)
  if (!visible || texts.length === 0) return []
  const shown = (key: string | undefined) => key !== undefined && fieldAccess(policy, object, key) !== 'hidden'
  const ways = [
    sql`select r.id, 'number' as by, r.record_number as name from records r
      where ${visible} and r.record_number = any(${texts.map((text) => text.toUpperCase())}::text[])`,
  ]
  if (shown(object.roles.email)) {
    ways.push(sql`select r.id, 'email', r.email from records r
      where ${visible} and r.email = any(${texts.map((text) => text.toLowerCase())}::text[])`)
  }
  if (shown(object.roles.title)) {
    ways.push(sql`select r.id, 'title', r.title_key from records r
      where ${visible} and r.title_key = any(${texts.map((text) => titleKey(object, text))}::text[])`)
  }
  return tx.query<NamedRecord>(sql<NamedRecord>`${sql.join(ways, sql` union all `)}`)
}

export interface NamedMember extends Row {
  id: string
  name: string
  email: string
}

export async function listMembers(tx: Transaction, tenantId: string): Promise<NamedMember[]> {
  return tx.query<NamedMember>(sql<NamedMember>`select u.id, u.name, u.email from memberships m join users u on u.id = m.user_id
    where m.tenant_id = ${tenantId} and m.status = 'active'`)
}

/** How the record that a row means is found. */
export type MatchTarget =
  | { kind: 'number' }
  | { kind: 'unique'; fieldId: string }
  | { kind: 'column'; column: 'email' | 'phone' }
  | { kind: 'data'; key: string }

export interface MatchedRecord extends Row {
  value: string
  id: string
  version: number
  record_number: string
}

/** The records that hold these values, as far as the caller may read them; the oldest where several hold one. */
export async function findMatches(
  { tx, model, policy }: RecordContext,
  object: CompiledObject,
  { key, target }: { key: string; target: MatchTarget },
  values: string[],
): Promise<Map<string, MatchedRecord>> {
  const visible = readable(policy, model.tenantId, object)
  if (!visible || values.length === 0) return new Map()
  const seen = seenCondition(policy, object, key, 'r')
  const meant = seen ? sql`${visible} and ${seen}` : visible
  const rows = await tx.query<MatchedRecord>(matchStatement(model.tenantId, target, values, meant))
  const matches = new Map<string, MatchedRecord>()
  for (const row of rows) if (!matches.has(row.value)) matches.set(row.value, row)
  return matches
}

function matchStatement(
  tenantId: string,
  target: MatchTarget,
  values: string[],
  visible: RawBuilder<unknown>,
): RawBuilder<MatchedRecord> {
  const columns = sql`r.id, r.version, r.record_number`
  switch (target.kind) {
    case 'number':
      return sql`select r.record_number as value, ${columns} from records r
        where ${visible} and r.record_number = any(${values}::text[])`
    case 'unique':
      return sql`select u.value, ${columns} from unique_values u
          join records r on r.tenant_id = u.tenant_id and r.id = u.record_id
        where u.tenant_id = ${tenantId} and u.field_id = ${target.fieldId} and u.value = any(${values}::text[]) and ${visible}`
    case 'column': {
      const column = sql.ref(`r.${target.column}`)
      return sql`select ${column} as value, ${columns} from records r
        where ${visible} and ${column} = any(${values}::text[]) order by r.created_at, r.id`
    }
    case 'data':
      // One look at the index per value: it cannot be asked for several at once.
      return sql`select wanted.value, found.* from unnest(${values}::text[]) as wanted(value), lateral (
          select ${columns} from records r where ${visible} and r.data @> jsonb_build_object(${target.key}::text, wanted.value)
          order by r.created_at, r.id limit 1) as found`
  }
}
