/** Gives a workspace the shape of an industry: objects, roles, views, workflows and dashboards in one transaction. */
import type { Transaction } from '@oneforge/kernel/database'
import { newId } from '@oneforge/kernel/database'
import { type AppError, conflict } from '@oneforge/kernel/errors'
import {
  bumpVersion,
  deleteAllMetadata,
  insertDefinitions,
  insertObjects,
  lastVersion,
  upsertRoles,
} from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import { shapeOf, type Template } from '@oneforge/templates'
import { requireAdministrators, requireOwned } from '../access/index.ts'
import { loadWithTypes } from '../customization/index.ts'
import { nameTemplate, readConfiguration } from './configuration.store.ts'
import { idsOf } from './following.ts'
import { forgetOrigins, writeOrigin } from './origins.store.ts'
import { type LaidPack, packsUnder, withPack, withPackSamples } from './packs.ts'
import { loadSamples } from './samples.ts'
import { holdsRecords } from './templates.store.ts'

/**
 * Applies a template to the caller's workspace. A workspace that holds no record may change its mind; afterwards the
 * choice is locked (409).
 */
export async function applyTemplate(context: OperationContext, template: Template, sampleData: boolean): Promise<void> {
  const { tx, model } = context
  await bumpVersion(tx, model.tenantId)
  if (await holdsRecords(tx, model.tenantId)) throw recordsInTheWay()
  await clearMetadata(tx, model.tenantId)
  const packs = packsUnder(template, context.locale)
  await writeTemplate(tx, model.tenantId, packs.reduce(withPack, template))
  await requireAdministrators(context)
  await rememberOrigins(context, template, packs)
  const shaped = await loadWithTypes(context)
  if (sampleData) await loadSamples({ ...context, model: shaped }, withPackSamples(template, shaped))
}

/** A file may say anything of rights: nobody hands out what they do not have. */
export function requireHeld({ policy, model }: OperationContext, template: Template): void {
  const adminOf = (key: string) => model.roles.get(key)?.admin ?? []
  for (const { key, admin = [] } of template.roles) {
    if (!policy.admin.has('roles')) requireOwned(policy, ['roles'])
    requireOwned(policy, [
      ...admin.filter((one) => !adminOf(key).includes(one)),
      ...adminOf(key).filter((one) => !admin.includes(one)),
    ])
  }
}

const recordsInTheWay = (): AppError =>
  conflict(
    'The workspace already holds records, so its template can no longer be changed. Add objects and fields in the settings instead.',
  )

/** A record that was being made while we looked points to its object by now: that it does is a foreign key's error. */
async function clearMetadata(tx: Transaction, tenantId: string): Promise<void> {
  try {
    await deleteAllMetadata(tx, tenantId)
  } catch (error) {
    throw (error as { code?: string }).code === '23503' ? recordsInTheWay() : error
  }
}

async function writeTemplate(tx: Transaction, tenantId: string, template: Template): Promise<void> {
  const objects = template.objects.map((definition, position) => ({
    id: newId(),
    definition,
    position,
  }))
  await insertObjects(tx, tenantId, objects, new Map())
  await upsertRoles(tx, tenantId, template.roles)
  await insertDefinitions(tx, tenantId, 'workflows', template.workflows)
  await insertDefinitions(tx, tenantId, 'dashboards', template.dashboards)
  await tx.batch([nameTemplate(tenantId, template)])
}

/** What later versions are compared with. */
async function rememberOrigins(
  { tx, model, actor }: OperationContext,
  template: Template,
  packs: LaidPack[],
): Promise<void> {
  const stored = await readConfiguration(tx, model.tenantId)
  const metadataVersion = await lastVersion(tx, model.tenantId)
  const base = shapeOf(template)
  await forgetOrigins(tx, model.tenantId)
  const first = { slug: template.slug, version: template.version, base, resolutions: {}, metadataVersion }
  // Packs came with the template: they are not taken back by themselves.
  const others = packs.map((pack) => ({ ...pack, metadataVersion: 0 }))
  for (const [position, { base, ...origin }] of [first, ...others].entries()) {
    const ids = idsOf(base, base, stored)
    await writeOrigin(tx, model.tenantId, { ...origin, base, ids, position, previous: null }, actor.userId)
  }
}
