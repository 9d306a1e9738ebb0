/** Templates that the super admin has published, beside those that are shipped. */
import { type Row, sql, type Transaction } from '@oneforge/kernel/database'
import type { Template } from '@oneforge/templates'

export interface PublishedTemplate extends Row {
  slug: string
  version: string
  template: Template
  published_at: string
  notes: string | null
  retired_at: string | null
}

/** All versions that are offered, or were if `retired`; of one template if its slug is given. */
export const publishedTemplates = (
  tx: Transaction,
  { slug = null, retired = false }: { slug?: string | null; retired?: boolean } = {},
): Promise<PublishedTemplate[]> =>
  tx.query<PublishedTemplate>(sql`select slug, version, template, published_at, notes, retired_at from published_templates
    where (${slug}::text is null or slug = ${slug}) and (${retired} or retired_at is null)
    order by slug, string_to_array(version, '.')::int[]`)

export async function insertTemplate(
  tx: Transaction,
  template: Template,
  notes: string | null,
  userId: string,
): Promise<void> {
  await tx.query(sql`insert into published_templates (slug, version, template, notes, published_by)
    values (${template.slug}, ${template.version}, ${JSON.stringify(template)}, ${notes}, ${userId})`)
}

/** Takes all versions of a template from the offer, or offers them again. */
export async function setRetired(tx: Transaction, slug: string, retired: boolean): Promise<void> {
  await tx.query(sql`update published_templates set retired_at = ${retired ? sql`coalesce(retired_at, now())` : null}
    where slug = ${slug}`)
}

/** What the card says, in every version. */
export async function changeCards(tx: Transaction, slug: string, card: Partial<Template>): Promise<void> {
  await tx.query(
    sql`update published_templates set template = template || ${JSON.stringify(card)}::jsonb where slug = ${slug}`,
  )
}

export interface TemplateUse extends Row {
  slug: string
  version: string
  tenant_id: string
  tenant_name: string
}

/** Which workspace is on which version; for the super admin, nothing for anybody else. */
export const templateUses = (tx: Transaction): Promise<TemplateUse[]> =>
  tx.query<TemplateUse>(sql`select slug, version, tenant_id, tenant_name from template_uses()`)

/** Whether the transaction is bound to the super admin of the installation. */
export async function isSuperAdmin(tx: Transaction): Promise<boolean> {
  const [row] = await tx.query<{ yes: boolean }>(sql<{ yes: boolean }>`select is_super_admin() as yes`)
  return row!.yes
}
