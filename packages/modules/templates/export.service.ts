/** The workspace's whole shape as a template file: without records, with its texts in all languages. */
import { conflict, forbidden } from '@oneforge/kernel/errors'
import type { AdminPermission } from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import { checkTemplate, shapeOf, type Template } from '@oneforge/templates'
import { readConfiguration } from './configuration.store.ts'
import { nameViews, shapeOfConfiguration } from './configuration.ts'
import { findTemplate } from './library.ts'

/** Somebody who takes the whole shape along reads all of it. */
const whole: AdminPermission[] = ['objects', 'views', 'roles', 'automation']

export interface Card {
  slug?: string
  version: string
  name?: string
}

/** Gives the template; 403 for whoever may not read all parts, 409 with all that has to be mended first. */
export async function exportTemplate(context: OperationContext, card: Card): Promise<Template> {
  const { tx, model, policy } = context
  const lacking = whole.find((permission) => !policy.admin.has(permission))
  if (lacking) {
    throw forbidden(
      `The file also tells what the administrative permission “${lacking}” is for, which you do not have.`,
    )
  }
  const shape = shapeOf(nameViews(shapeOfConfiguration(await readConfiguration(tx, model.tenantId))))
  const origin = model.template && (await findTemplate(tx, model.template.slug))
  const name = { en: card.name ?? model.name }
  const template: Template = {
    slug: card.slug ?? slugOf(card.name ?? model.slug),
    version: card.version,
    name,
    industry: origin?.industry ?? 'custom',
    description: origin?.description ?? { en: `The shape of ${model.name}` },
    highlights: origin?.highlights ?? [name],
    icon: origin?.icon ?? 'box',
    color: origin?.color ?? 'gray',
    ...shape,
    samples: {},
  }
  const problems = checkTemplate(template)
  if (problems.length === 0) return template
  throw conflict('The workspace cannot be written as a template before this is mended.', {
    details: problems.map(({ path, message }) => ({ field: path, message })),
  })
}

/** `North Clinic` is `north-clinic`; what has no such letters is `workspace`. */
function slugOf(name: string): string {
  const words = name
    .normalize('NFD')
    .toLowerCase()
    .match(/[a-z0-9]+/g)
  const slug = (words ?? [])
    .join('-')
    .replace(/^[0-9-]+/, '')
    .slice(0, 60)
    .replace(/-$/, '')
  return slug || 'workspace'
}
