/** A further template in a workspace that lives: what it brings comes beside what is there. */
import { conflict, notFound, validationError } from '@oneforge/kernel/errors'
import {
  loadModel,
  type ObjectDefinition,
  type RoleDefinition,
  slotCount,
  type ViewDefinition,
} from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import { fittedTo, isPack, type Problem, type Shape, type Template } from '@oneforge/templates'
import { requireMayRunAs } from '../access/index.ts'
import { adapted, type Collision, collisionsOf, type Resolution, type Resolutions } from './collisions.ts'
import { readConfiguration } from './configuration.store.ts'
import { checkedFile } from './files.ts'
import { withoutMisfits } from './fitting.ts'
import { idsOf } from './following.ts'
import { findTemplate } from './library.ts'
import { writeOrigin } from './origins.store.ts'
import { presentDifference } from './presentation.ts'
import { carryOut, readStanding } from './reshaping.service.ts'
import { loadSamples } from './samples.ts'
import { originsOf, type Plan } from './upgrade.service.ts'

export interface AddingWish {
  /** The slug of one that is offered, or a file. */
  template: unknown
  resolutions: Resolutions
  sampleData: boolean
}

export interface AddingPlan extends Plan {
  collisions: Collision[]
}

/**
 * The template that a slug or a file stands for; 404 or 400 where it stands for none. Workflows of a file act with all
 * rights, so whoever brings it has to have them (403); for those that are offered whoever runs the installation answers.
 */
export async function templateFrom(context: OperationContext, template: unknown): Promise<Template> {
  if (typeof template !== 'string') {
    const file = checkedFile(template)
    for (const workflow of file.workflows) requireMayRunAs(context.policy, workflow)
    return file
  }
  const found = await findTemplate(context.tx, template)
  if (!found) throw notFound(`The template “${template}”`)
  return found
}

/** Adds the template to the workspace, or tells what would come of it. */
export async function addTemplate(context: OperationContext, wish: AddingWish, dryRun: boolean): Promise<AddingPlan> {
  const { tx, model } = context
  const chosen = await templateFrom(context, wish.template)
  const standing = await readStanding(context, true)
  const template = isPack(chosen.slug) ? fittedTo(chosen, standing.mine) : chosen
  const origins = await originsOf(context)
  if (origins.length === 0) throw conflict('The workspace has no template yet: choose this one for it.')
  if (origins.some(({ slug }) => slug === template.slug)) {
    throw conflict(`The workspace is made from “${template.slug}” already. Upgrade it, or give the file another slug.`)
  }
  const { mine } = standing
  const collisions = collisionsOf(mine, template, wish.resolutions, context.locale)
  refuseUnknown(wish.resolutions, collisions)
  const resolutions: Resolutions = Object.fromEntries(
    collisions.map(({ id, resolution }): [string, Resolution] => [id, resolution]),
  )
  const theirs = adapted(template, resolutions)
  const joint = together(mine, theirs)
  const { wanted, kept: misfits } = withoutMisfits(mine, joint.wanted)
  const kept = [...joint.kept, ...misfits]
  const plan = {
    origin: template.slug,
    from: null,
    to: template.version,
    changes: await presentDifference(context, standing.stored, mine, wanted),
    conflicts: [],
    kept,
    collisions,
  }
  const outcome = await carryOut(context, standing, wanted, { dryRun, also: async () => undefined })
  if (dryRun) return { ...plan, ...outcome }
  const { slug, version } = template
  const position = Math.max(...origins.map((origin) => origin.position)) + 1
  const metadataVersion = outcome.version ?? 0
  const ids = idsOf(theirs, theirs, await readConfiguration(tx, model.tenantId))
  const state = { slug, version, base: theirs, ids, resolutions, position, metadataVersion, previous: null }
  // The first may be known by its name only so far.
  const [first] = origins
  if (first!.appliedAt === null) await writeOrigin(tx, model.tenantId, first!, null)
  await writeOrigin(tx, model.tenantId, state, context.actor.userId)
  if (wish.sampleData) await loadSamples({ ...context, model: await loadModel(tx, model.tenantId) }, template)
  return { ...plan, ...outcome }
}

function refuseUnknown(wishes: Resolutions, collisions: Collision[]): void {
  const unknown = Object.keys(wishes).filter((id) => !collisions.some((collision) => collision.id === id))
  if (unknown.length === 0) return
  throw validationError(
    unknown.map((id) => ({ field: `resolutions.${id}`, message: 'is no collision of this template' })),
  )
}

/** What is there, with what the template brings: of what both have, the workspace's. */
function together(mine: Shape, theirs: Shape): { wanted: Shape; kept: Problem[] } {
  const kept: Problem[] = []
  const objects = mine.objects.map((object) => {
    const more = theirs.objects.find(({ slug }) => slug === object.slug)
    return more ? joined(object, more, kept) : object
  })
  const added = absent(theirs.objects, mine.objects, ({ slug }) => slug)
  return {
    wanted: {
      currency: mine.currency,
      objects: [...objects, ...added],
      roles: [
        ...mine.roles.map((role) =>
          withGrants(
            role,
            theirs.roles.find(({ key }) => key === role.key),
            new Set(added.map(({ slug }) => slug)),
          ),
        ),
        ...absent(theirs.roles, mine.roles, ({ key }) => key),
      ],
      workflows: [...mine.workflows, ...absent(theirs.workflows, mine.workflows, ({ key }) => key)],
      dashboards: [...mine.dashboards, ...absent(theirs.dashboards, mine.dashboards, ({ key }) => key)],
    },
    kept,
  }
}

const absent = <T>(list: T[], known: T[], nameOf: (item: T) => string): T[] =>
  list.filter((item) => !known.some((one) => nameOf(one) === nameOf(item)))

function joined(mine: ObjectDefinition, theirs: ObjectDefinition, kept: Problem[]): ObjectDefinition {
  const keyOf = ({ key }: { key: string }) => key
  const unsorted = new Set<string>()
  let sortable = mine.fields.filter((field) => field.sortable).length
  const fields = absent(theirs.fields, mine.fields, keyOf).map((field) => {
    const path = `objects.${mine.slug}.fields.${field.key}`
    const { required, sortable: isSortable, ...rest } = field
    if (required)
      kept.push({ path, message: 'comes as a field that may be empty: records that are there have no value.' })
    if (!isSortable) return rest
    sortable += 1
    if (sortable <= slotCount) return { ...rest, sortable: true }
    kept.push({
      path,
      message: `comes as a field that lists are not sorted by: ${slotCount} of the object are sortable already.`,
    })
    unsorted.add(field.key)
    return rest
  })
  const lists = {
    rules: [...(mine.rules ?? []), ...absent(theirs.rules ?? [], mine.rules ?? [], keyOf)],
    uniqueKeys: [...(mine.uniqueKeys ?? []), ...absent(theirs.uniqueKeys ?? [], mine.uniqueKeys ?? [], keyOf)],
    views: [
      ...(mine.views ?? []),
      ...absent(theirs.views ?? [], mine.views ?? [], keyOf).map((view) => withoutSort(view, unsorted)),
    ],
  }
  const spoken = Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0))
  return {
    ...mine,
    ...(mine.activity || !theirs.activity ? {} : { activity: theirs.activity }),
    ...spoken,
    fields: [...mine.fields, ...fields],
  }
}

/** The view without sorting by fields that lists are not sorted by. */
function withoutSort(view: ViewDefinition, unsorted: Set<string>): ViewDefinition {
  if (!view.sort?.some((name) => unsorted.has(name.replace(/^-/, '')))) return view
  const { sort, ...rest } = view
  const left = sort.filter((name) => !unsorted.has(name.replace(/^-/, '')))
  return left.length > 0 ? { ...rest, sort: left } : rest
}

/** A role that both have gets the template's grants for objects that are new: of those that are there its members see no more. */
export function withGrants(
  mine: RoleDefinition,
  theirs: RoleDefinition | undefined,
  fresh: Set<string>,
): RoleDefinition {
  const grants = Object.entries(theirs?.objects ?? {}).filter(([slug]) => fresh.has(slug))
  return { ...mine, objects: { ...Object.fromEntries(grants), ...mine.objects } }
}
