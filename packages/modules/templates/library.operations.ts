/** Templates of the installation: what its super admin publishes beside the shipped ones. */
import { conflict, forbidden, notFound } from '@oneforge/kernel/errors'
import { type AnyOperation, defineOperation, type OperationContext } from '@oneforge/kernel/operations'
import { loadTemplates, type Template } from '@oneforge/templates'
import { z } from 'zod'
import { checkedFile } from './files.ts'
import {
  changeCards,
  insertTemplate,
  isSuperAdmin,
  publishedTemplates,
  setRetired,
  templateUses,
} from './library.store.ts'
import { compareVersions, versionsOf } from './library.ts'

const base = { tag: 'Installation', access: 'member', bindUser: true } as const

export async function requireSuperAdmin({ tx }: OperationContext): Promise<void> {
  if (await isSuperAdmin(tx)) return
  throw forbidden('Only the super admin of the installation looks after its templates.')
}

async function publish(context: OperationContext, template: Template, notes: string | null): Promise<void> {
  const versions = await versionsOf(context.tx, template.slug)
  const latest = versions.at(-1)
  if (latest && compareVersions(template.version, latest.version) <= 0) {
    throw conflict(
      `“${template.slug}” is published in version ${latest.version} already. Give this one a higher number.`,
    )
  }
  await insertTemplate(context.tx, template, notes, context.actor.userId!)
}

const text = z.object({ en: z.string().trim().min(1).max(500) }).catchall(z.string().max(500))

const kept = z
  .object({
    slug: z.string(),
    name: z.record(z.string(), z.string()),
    description: z.record(z.string(), z.string()),
    shipped: z.boolean().describe('It comes with OneForge and cannot be changed here.'),
    retired: z.boolean(),
    versions: z.array(
      z.object({
        version: z.string(),
        publishedAt: z.string().nullable(),
        notes: z.string().nullable().describe('What is new in it.'),
        workspaces: z.array(z.object({ id: z.uuid(), name: z.string() })),
      }),
    ),
  })
  .meta({ id: 'InstallationTemplate' })

/** All templates with all their versions, and the workspaces on each. */
async function library({ tx }: OperationContext): Promise<z.input<typeof kept>[]> {
  const published = await publishedTemplates(tx, { retired: true })
  const uses = await templateUses(tx)
  const all = [
    ...loadTemplates().map((template) => ({ template, publishedAt: null, notes: null, retired: false })),
    ...published.map((row) => ({
      template: row.template,
      publishedAt: row.published_at,
      notes: row.notes,
      retired: row.retired_at !== null,
    })),
  ]
  return [...Map.groupBy(all, ({ template }) => template.slug)].map(([slug, versions]) => {
    const last = versions.at(-1)!
    return {
      slug,
      name: last.template.name,
      description: last.template.description,
      shipped: versions.some(({ publishedAt }) => publishedAt === null),
      retired: last.retired,
      versions: versions.map(({ template: { version }, publishedAt, notes }) => ({
        version,
        publishedAt,
        notes,
        workspaces: uses
          .filter((use) => use.slug === slug && use.version === version)
          .map((use) => ({ id: use.tenant_id, name: use.tenant_name })),
      })),
    }
  })
}

export const libraryOperations: AnyOperation[] = [
  defineOperation({
    ...base,
    name: 'installation.publishTemplate',
    kind: 'command',
    summary: 'Publish a version of a template for all workspaces of the installation',
    description: 'For its super admin. New workspaces may choose it; those that are made from it may upgrade.',
    stepUp: true,
    input: z.strictObject({
      template: z.unknown(),
      notes: z
        .string()
        .trim()
        .min(1)
        .max(2_000)
        .nullable()
        .default(null)
        .describe('What is new in it, for who may upgrade.'),
    }),
    output: z.object({ slug: z.string(), version: z.string() }),
    cost: 20,
    http: { method: 'POST', path: '/installation/templates', status: 201 },
    async handler(context, input) {
      await requireSuperAdmin(context)
      const template = checkedFile(input.template)
      await publish(context, template, input.notes)
      return { slug: template.slug, version: template.version }
    },
  }),
  defineOperation({
    ...base,
    name: 'installation.templates',
    kind: 'query',
    summary: 'All templates of the installation, and which workspaces are on which version',
    description: 'For its super admin.',
    input: z.strictObject({}),
    output: z.array(kept),
    http: { method: 'GET', path: '/installation/templates' },
    async handler(context) {
      await requireSuperAdmin(context)
      return library(context)
    },
  }),
  defineOperation({
    ...base,
    name: 'installation.changeTemplate',
    kind: 'command',
    summary: 'Change what is said of a published template, or take it from the offer',
    description:
      'For the super admin. A retired template is offered no more; workspaces that are made from it keep it.',
    stepUp: true,
    input: z.strictObject({
      slug: z.string().max(60),
      name: text.optional(),
      description: text.optional(),
      highlights: z.array(text).min(1).max(8).optional(),
      retired: z.boolean().optional(),
    }),
    output: kept,
    http: { method: 'PATCH', path: '/installation/templates/{slug}' },
    async handler(context, { slug, retired, ...card }) {
      await requireSuperAdmin(context)
      const known = await publishedTemplates(context.tx, { slug, retired: true })
      if (known.length === 0) throw notFound(`The published template “${slug}”`)
      if (Object.keys(card).length > 0) await changeCards(context.tx, slug, card as Partial<Template>)
      if (retired !== undefined) await setRetired(context.tx, slug, retired)
      return (await library(context)).find((template) => template.slug === slug)
    },
  }),
]
