/** The SQL of templates of messages, and of the pictures in them. */
import { newId, type Row, sql, type Transaction } from '@oneforge/kernel/database'
import type { Draft, Mode } from './compile.ts'

export interface MailTemplateRow extends Row {
  id: string
  name: string
  /** Empty: it lies in none. */
  folder: string
  /** Of whose records it speaks; null: of none. */
  objectId: string | null
  mode: Mode
  marketing: boolean
  /** By language. */
  content: Record<string, Draft>
  version: number
  updatedAt: string
}

/** With the HTML that was made of it, by language. */
export interface CompiledTemplateRow extends MailTemplateRow {
  compiled: Record<string, string>
}

export type TemplateSettings = Omit<CompiledTemplateRow, 'id' | 'version' | 'updatedAt'>

const columns = sql.raw(
  'id, name, folder, object_id as "objectId", mode, marketing, content, version, updated_at as "updatedAt"',
)

/** By folder and name; of those that speak of the object or of none, where one is given. */
export const listTemplates = (tx: Transaction, tenantId: string, objectId?: string): Promise<MailTemplateRow[]> =>
  tx.query<MailTemplateRow>(sql<MailTemplateRow>`select ${columns} from mail_templates where tenant_id = ${tenantId}
    ${objectId ? sql`and (object_id is null or object_id = ${objectId})` : sql``} order by lower(folder), lower(name)`)

export async function findTemplate(
  tx: Transaction,
  tenantId: string,
  id: string,
): Promise<CompiledTemplateRow | undefined> {
  const [row] = await tx.query<CompiledTemplateRow>(
    sql<CompiledTemplateRow>`select ${columns}, compiled from mail_templates where tenant_id = ${tenantId} and id = ${id}`,
  )
  return row
}

/** Its version, held until the transaction ends. */
export async function lockTemplate(tx: Transaction, tenantId: string, id: string): Promise<number | undefined> {
  const [row] = await tx.query<{ version: number } & Row>(
    sql`select version from mail_templates where tenant_id = ${tenantId} and id = ${id} for update`,
  )
  return row?.version
}

/** Undefined where another one in the folder has the name. */
export async function insertTemplate(
  tx: Transaction,
  tenantId: string,
  one: TemplateSettings,
  userId: string,
): Promise<MailTemplateRow | undefined> {
  const [row] = await tx.query<MailTemplateRow>(sql<MailTemplateRow>`insert into mail_templates
      (tenant_id, id, name, folder, object_id, mode, marketing, content, compiled, updated_by)
    values (${tenantId}, ${newId()}, ${one.name}, ${one.folder}, ${one.objectId}, ${one.mode}, ${one.marketing},
      ${JSON.stringify(one.content)}::jsonb, ${JSON.stringify(one.compiled)}::jsonb, ${userId})
    on conflict (tenant_id, folder, lower(name)) do nothing returning ${columns}`)
  return row
}

/** Undefined where another one in the folder has the name. */
export async function updateTemplate(
  tx: Transaction,
  tenantId: string,
  id: string,
  one: TemplateSettings,
  userId: string,
): Promise<MailTemplateRow | undefined> {
  const [row] = await tx.query<MailTemplateRow>(sql<MailTemplateRow>`update mail_templates
    set name = ${one.name}, folder = ${one.folder}, object_id = ${one.objectId}, mode = ${one.mode},
      marketing = ${one.marketing}, content = ${JSON.stringify(one.content)}::jsonb,
      compiled = ${JSON.stringify(one.compiled)}::jsonb, version = version + 1, updated_at = now(), updated_by = ${userId}
    where tenant_id = ${tenantId} and id = ${id} and not exists (select from mail_templates other
      where other.tenant_id = ${tenantId} and other.id <> ${id} and other.folder = ${one.folder}
        and lower(other.name) = lower(${one.name}))
    returning ${columns}`)
  return row
}

export async function deleteTemplate(tx: Transaction, tenantId: string, id: string): Promise<void> {
  await tx.query(sql`delete from mail_templates where tenant_id = ${tenantId} and id = ${id}`)
}

export interface MailImage extends Row {
  id: string
  name: string
  type: string
  content: Buffer
}

export async function countImages(tx: Transaction, tenantId: string): Promise<number> {
  const [row] = await tx.query<{ total: number } & Row>(
    sql`select count(*) as total from mail_images where tenant_id = ${tenantId}`,
  )
  return row!.total
}

/** Forgets pictures that no template shows; one that was just added may be on its way into one. */
export const forgetUnusedImages = (tx: Transaction, tenantId: string): Promise<Row[]> =>
  tx.query(sql`delete from mail_images i where i.tenant_id = ${tenantId} and i.created_at < now() - interval '1 day'
    and not exists (select from mail_templates t where t.tenant_id = ${tenantId}
      and (position(i.id::text in t.content::text) > 0 or position(i.id::text in t.compiled::text) > 0))`)

export async function insertImage(tx: Transaction, tenantId: string, one: Omit<MailImage, 'id'>): Promise<string> {
  const id = newId()
  await tx.query(sql`insert into mail_images (tenant_id, id, name, type, content)
    values (${tenantId}, ${id}, ${one.name}, ${one.type}, ${one.content})`)
  return id
}

export const findImages = (tx: Transaction, tenantId: string, ids: string[]): Promise<MailImage[]> =>
  tx.query<MailImage>(
    sql<MailImage>`select id, name, type, content from mail_images where tenant_id = ${tenantId} and id = any(${ids}::uuid[])`,
  )

/** Names and addresses of all who are or were members, by id. */
export async function readPeople(
  tx: Transaction,
  tenantId: string,
): Promise<Map<string, { name: string; email: string }>> {
  const rows = await tx.query<{ id: string; name: string; email: string } & Row>(
    sql`select u.id, u.name, u.email from memberships m join users u on u.id = m.user_id where m.tenant_id = ${tenantId}`,
  )
  return new Map(rows.map(({ id, name, email }) => [id, { name, email }]))
}
