/** Forms, how often they were used, and the files of those that were not sent yet. */
import { type Database, type Row, sql, type Transaction } from '@oneforge/kernel/database'
import type { FormDefinition } from './form.ts'

export interface FormRow extends Row {
  id: string
  object_id: string
  name: string
  audience: 'public' | 'internal'
  address: string
  published: boolean
  definition: FormDefinition
  version: number
  created_at: string
  updated_at: string
}

export const counted = ['seen', 'begun', 'sent', 'refused', 'spam'] as const
export type Counted = (typeof counted)[number]
export type Counts = Record<Counted, number>

export interface ListedForm extends FormRow, Counts {}

const columns = sql.raw(
  'f.id, f.object_id, f.name, f.audience, f.address, f.published, f.definition, f.version, f.created_at, f.updated_at',
)
const sums = sql.raw(counted.map((name) => `coalesce(d.${name}, 0)::int as ${name}`).join(', '))

/** By name, each with what became of it since that day; of one, where it is named. */
export const listForms = (tx: Transaction, tenantId: string, since: string, id?: string): Promise<ListedForm[]> =>
  tx.query<ListedForm>(sql<ListedForm>`select ${columns}, ${sums} from forms f left join lateral (
      select sum(seen) as seen, sum(begun) as begun, sum(sent) as sent, sum(refused) as refused, sum(spam) as spam
      from form_days where tenant_id = ${tenantId} and form_id = f.id and day >= ${since}::date
    ) d on true
    where f.tenant_id = ${tenantId} ${id ? sql`and f.id = ${id}` : sql``} order by lower(f.name), f.id`)

export type NamedForm = Row & { id: string; name: string; objectId: string }

/** What there is to choose from. */
export const namesOfForms = (tx: Transaction): Promise<NamedForm[]> =>
  tx.query(sql<NamedForm>`select id, name, object_id as "objectId" from forms
    where tenant_id = ${tx.tenantId} order by lower(name), id`)

export async function findForm(tx: Transaction, tenantId: string, id: string): Promise<FormRow | undefined> {
  const [row] = await tx.query<FormRow>(sql<FormRow>`select ${columns} from forms f
    where f.tenant_id = ${tenantId} and f.id = ${id}`)
  return row
}

/** The form, held until the transaction ends. */
export async function lockForm(tx: Transaction, tenantId: string, id: string): Promise<FormRow | undefined> {
  const [row] = await tx.query<FormRow>(sql<FormRow>`select ${columns} from forms f
    where f.tenant_id = ${tenantId} and f.id = ${id} for update`)
  return row
}

/** Where a published form of that address is at home. */
export async function formAt(
  database: Database,
  address: string,
): Promise<{ tenantId: string; formId: string } | undefined> {
  const [row] = await database.run<{ tenantId: string; formId: string }>(
    {},
    sql`select tenant_id as "tenantId", id as "formId" from find_form(${address})`,
  )
  return row
}

type NewForm = Pick<FormRow, 'id' | 'object_id' | 'name' | 'audience' | 'address' | 'definition'>

export const insertForm = (tx: Transaction, tenantId: string, form: NewForm): Promise<Row[]> =>
  tx.query(sql`insert into forms (tenant_id, id, object_id, name, audience, address, definition)
    values (${tenantId}, ${form.id}, ${form.object_id}, ${form.name}, ${form.audience}, ${form.address},
      ${JSON.stringify(form.definition)})`)

export const updateForm = (tx: Transaction, tenantId: string, form: FormRow): Promise<Row[]> =>
  tx.query(sql`update forms set name = ${form.name}, audience = ${form.audience}, published = ${form.published},
      definition = ${JSON.stringify(form.definition)}, version = version + 1, updated_at = now()
    where tenant_id = ${tenantId} and id = ${form.id}`)

/** Whether there was one. */
export async function deleteForm(tx: Transaction, tenantId: string, id: string): Promise<boolean> {
  const rows = await tx.query(sql`delete from forms where tenant_id = ${tenantId} and id = ${id} returning id`)
  return rows.length > 0
}

/** One more on that day, which is of the workspace's zone. */
export const count = (tx: Transaction, tenantId: string, formId: string, day: string, what: Counted): Promise<Row[]> =>
  tx.query(sql`insert into form_days (tenant_id, form_id, day, ${sql.ref(what)})
    values (${tenantId}, ${formId}, ${day}::date, 1)
    on conflict (tenant_id, form_id, day) do update set ${sql.ref(what)} = form_days.${sql.ref(what)} + 1`)

export interface DayRow extends Row, Counts {
  day: string
}

export const listDays = (tx: Transaction, tenantId: string, formId: string, since: string): Promise<DayRow[]> =>
  tx.query<DayRow>(sql<DayRow>`select day, seen, begun, sent, refused, spam from form_days
    where tenant_id = ${tenantId} and form_id = ${formId} and day >= ${since}::date order by day`)
