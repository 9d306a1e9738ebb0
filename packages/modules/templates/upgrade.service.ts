/** New versions of the templates that a workspace is made from: what they change, and what of it comes in. */
import { conflict, notFound } from '@oneforge/kernel/errors'
import { inLocale, loadModel } from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import {
  fittedTo,
  isPack,
  merge,
  type Problem,
  type Shape,
  type Side,
  shapeOf,
  type Template,
} from '@oneforge/templates'
import { convertField, type PresentedChange, type Undone, undoVersion } from '../customization/index.ts'
import { adapted } from './collisions.ts'
import { nameTemplate, readConfiguration } from './configuration.store.ts'
import { idsOf, namesSince, underNames, withFoundTypes } from './following.ts'
import { publishedTemplates } from './library.store.ts'
import { compareVersions, findTemplate, versionsOf } from './library.ts'
import { forgetOrigin, type Origin, readOrigins, writeOrigin } from './origins.store.ts'
import { type PresentedConflict, presentConflicts, presentDifference } from './presentation.ts'
import { type Carried, carryOut, keepWhatLives, readStanding } from './reshaping.service.ts'
import { deleteUnused } from './unused.store.ts'

/** The templates behind a workspace. One that was chosen before they were remembered is known by its name and version. */
export async function originsOf({ tx, model }: OperationContext): Promise<Origin[]> {
  const origins = await readOrigins(tx, model.tenantId)
  if (origins.length > 0 || !model.template) return origins
  const template = await findTemplate(tx, model.template.slug, model.template.version)
  if (!template) return []
  const { slug, version } = template
  const unknown = {
    ids: {},
    resolutions: {},
    metadataVersion: 0,
    previous: null,
    position: 0,
    appliedAt: null,
    appliedBy: null,
  }
  return [{ slug, version, base: shapeOf(template), ...unknown }]
}

export async function presentOrigins(context: OperationContext): Promise<object[]> {
  const origins = await originsOf(context)
  return Promise.all(
    origins.map(async (origin) => {
      const latest = await findTemplate(context.tx, origin.slug)
      const published = await publishedTemplates(context.tx, { slug: origin.slug })
      return {
        slug: origin.slug,
        name: latest ? inLocale(latest.name, context.locale) : origin.slug,
        version: origin.version,
        latest: latest?.version ?? null,
        upgrade: latest !== undefined && compareVersions(latest.version, origin.version) > 0,
        notes: published.find(({ version }) => version === latest?.version)?.notes ?? null,
        appliedAt: origin.appliedAt,
        appliedBy: origin.appliedBy,
        undoable: isUndoable(origin),
      }
    }),
  )
}

/** The template that a workspace began with can only be left by choosing another while there are no records. */
const isUndoable = ({ metadataVersion, previous, position }: Origin): boolean =>
  metadataVersion > 0 && (previous !== null || position > 0)

async function originNamed(context: OperationContext, slug: string | undefined): Promise<Origin> {
  const origins = await originsOf(context)
  const origin = slug === undefined ? origins[0] : origins.find((one) => one.slug === slug)
  if (origin) return origin
  if (slug !== undefined) throw notFound(`The template “${slug}” among those of this workspace`)
  throw conflict('The workspace has no template that could be upgraded. Choose one first.')
}

export interface UpgradeWish {
  origin?: string
  to?: string
  decisions: Record<string, Side>
}

export interface Plan {
  origin: string
  from: string | null
  to: string
  version: number | null
  changes: PresentedChange[]
  conflicts: PresentedConflict[]
  kept: Problem[]
  problems: Problem[]
}

/** What an upgrade would do; with `mode` `try` it is also tried out, with `apply` it is done. */
export async function upgrade(
  context: OperationContext,
  wish: UpgradeWish,
  mode: 'look' | 'try' | 'apply',
): Promise<Plan> {
  const standing = await readStanding(context, mode !== 'look')
  const origin = await originNamed(context, wish.origin)
  const template = await wantedVersion(context, origin, wish.to)
  const { mine } = standing
  const theirs = adapted(fittedAgain(template, origin, mine), origin.resolutions)
  // The currency is that of the first template: the others' says nothing.
  const common = origin.position === 0 ? {} : { currency: mine.currency }
  const since = namesSince(origin.base, origin.ids, standing.stored)
  const was = withFoundTypes(underNames(origin.base, since), mine)
  const becomes = withFoundTypes(underNames(theirs, since), was)
  const merged = merge({ ...was, ...common }, mine, { ...becomes, ...common }, wish.decisions)
  const { wanted, kept, carried } = await keepWhatLives(context, standing, merged.value)
  const plan = {
    origin: origin.slug,
    from: origin.version,
    to: template.version,
    changes: await presentDifference(context, standing.stored, mine, wanted),
    conflicts: presentConflicts(merged.conflicts, [mine, becomes, was], context.locale),
    kept,
  }
  if (mode === 'look') return { ...plan, version: null, problems: [] }
  const { tx, model } = context
  const outcome = await carryOut(context, standing, wanted, {
    dryRun: mode === 'try',
    async also() {
      if (origin.position > 0) return
      const { slug, version } = template
      await tx.batch([nameTemplate(model.tenantId, { slug, version, currency: wanted.currency })])
    },
  })
  if (mode === 'apply' && template.version !== origin.version) {
    const { slug: _slug, position: _position, appliedAt: _at, appliedBy: _by, ...previous } = origin
    const ids = idsOf(theirs, becomes, await readConfiguration(tx, model.tenantId))
    const state = { version: template.version, base: theirs, ids, metadataVersion: outcome.version ?? 0, previous }
    await writeOrigin(tx, model.tenantId, { ...origin, ...state }, context.actor.userId)
  }
  if (mode === 'apply') await carryValuesOver(context, carried)
  return { ...plan, ...outcome }
}

/** Values go to the type that their field has in the template: by a job, while people work. */
async function carryValuesOver(context: OperationContext, carried: Carried[]): Promise<void> {
  for (const { object, key, type } of carried) {
    const now = { ...context, model: await loadModel(context.tx, context.model.tenantId) }
    if (now.model.object.get(object)?.field.get(key)?.twin?.job) continue
    await convertField(now, object, key, { type, dryRun: false })
  }
}

/** A new version of a pack grants to the roles that it did when it came: those that were made since have been thought of. */
function fittedAgain(template: Template, { base }: Origin, { objects, roles }: Shape): Template {
  if (!isPack(template.slug)) return template
  const known = roles.filter(({ key }) => base.roles.some((role) => role.key === key))
  return fittedTo(template, { objects, roles: known })
}

async function wantedVersion(context: OperationContext, origin: Origin, to: string | undefined): Promise<Template> {
  const versions = await versionsOf(context.tx, origin.slug)
  const template = versions.findLast(({ version }) => to === undefined || version === to)
  if (!template) {
    const known = versions.map(({ version }) => version).join(', ')
    throw notFound(`The version ${to ?? ''} of “${origin.slug}”${known ? ` (there are ${known})` : ''}`)
  }
  if (compareVersions(template.version, origin.version) < 0) {
    throw conflict(`The workspace is on version ${origin.version} already; go back to an earlier one with undo.`)
  }
  return template
}

/** Takes back what last came in with a template: an upgrade, or the template as a whole where it was added to another. */
export async function undoOrigin(
  context: OperationContext,
  wish: { origin?: string },
  dryRun: boolean,
): Promise<Undone> {
  const origin = await originNamed(context, wish.origin)
  if (!isUndoable(origin)) {
    throw conflict(`There is nothing to take back: “${origin.slug}” is as the workspace began with it.`)
  }
  const { tx, model } = context
  const undone = await undoVersion(context, origin.metadataVersion, dryRun)
  if (dryRun) return undone
  await deleteUnused(tx, model.tenantId, origin.metadataVersion)
  if (origin.previous) {
    await writeOrigin(tx, model.tenantId, { ...origin, ...origin.previous }, context.actor.userId)
  } else await forgetOrigin(tx, model.tenantId, origin.slug)
  return undone
}
