/** Gives the caller's workspace another shape, or tells what would come of it: with the rights it takes, in one version. */
import { isDeepStrictEqual } from 'node:util'
import { AppError, conflict, forbidden } from '@oneforge/kernel/errors'
import {
  type AdminPermission,
  bumpVersion,
  type FieldType,
  lastVersion,
  loadModel,
  tryOut,
} from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import { checkTemplate, type Problem, type Shape } from '@oneforge/templates'
import { requireAdministrators, requireOwned } from '../access/index.ts'
import { followMetadata, loadWithTypes, newProblems } from '../customization/index.ts'
import { type Configuration, objectsInUse, readConfiguration, rolesInUse } from './configuration.store.ts'
import { shapeOfConfiguration } from './configuration.ts'
import { reshape } from './reshape.ts'

export interface Standing {
  stored: Configuration
  mine: Shape
}

/** The shape that the workspace has; with `turn` nobody else changes it until the transaction ends. */
export async function readStanding({ tx, model }: OperationContext, turn: boolean): Promise<Standing> {
  if (turn) await bumpVersion(tx, model.tenantId)
  const stored = await readConfiguration(tx, model.tenantId)
  return { stored, mine: shapeOfConfiguration(stored) }
}

/** A field that gets the type of the template once its values stand in it. */
export interface Carried {
  object: string
  key: string
  type: FieldType
}

/** What records and people that are there do not allow stays as it is, and is told. */
export async function keepWhatLives(
  { tx, model }: OperationContext,
  { stored, mine }: Standing,
  wanted: Shape,
): Promise<{ wanted: Shape; kept: Problem[]; carried: Carried[] }> {
  const kept: Problem[] = []
  const carried: Carried[] = []
  const [used, held] = [await objectsInUse(tx, model.tenantId), await rolesInUse(tx, model.tenantId)]
  const inUse = (slug: string) => stored.objects.some((object) => object.slug === slug && used.has(object.id))
  const objects = wanted.objects.map((object) => {
    const old = mine.objects.find(({ slug }) => slug === object.slug)
    if (!old || !inUse(object.slug)) return object
    const fields = object.fields.map((field) => {
      const known = old.fields.find(({ key }) => key === field.key)
      if (!known || (known.type === field.type && known.relation?.object === field.relation?.object)) return field
      if (isCarriedOver(known.type, field.type)) {
        carried.push({ object: object.slug, key: field.key, type: field.type })
        const { help: _help, ...rest } = known
        return field.help ? { ...rest, help: field.help } : rest
      }
      const message = `stays a ${known.type} field: its records hold values. Convert it first.`
      kept.push({ path: `objects.${object.slug}.fields.${field.key}`, message })
      return known
    })
    return { ...object, fields }
  })
  for (const object of mine.objects) {
    if (objects.some(({ slug }) => slug === object.slug) || !inUse(object.slug)) continue
    kept.push({
      path: `objects.${object.slug}`,
      message: 'stays: it holds records. Remove it yourself when it is empty.',
    })
    objects.push(object)
  }
  const roles = [...wanted.roles]
  for (const role of mine.roles) {
    if (roles.some(({ key }) => key === role.key)) continue
    if (!stored.roles.some(({ key, id }) => key === role.key && held.has(id))) continue
    kept.push({ path: `roles.${role.key}`, message: 'stays: members hold it. Give them another role first.' })
    roles.push(role)
  }
  return { wanted: { ...wanted, objects, roles }, kept, carried }
}

/** Whether every value of the one type says the same in the other, so that nobody has to be asked. */
const isCarriedOver = (from: FieldType, to: FieldType): boolean =>
  to === 'checklist' && (from === 'text' || from === 'longtext')

export interface Outcome {
  /** The version of the metadata that was made; null where nothing was written. */
  version: number | null
  problems: Problem[]
}

/**
 * Writes the difference, with `also` in the same version, and lets records follow; or tries that out. Problems stop it:
 * 409 with all of them unless it is a dry run.
 */
export async function carryOut(
  context: OperationContext,
  { stored, mine }: Standing,
  wanted: Shape,
  { dryRun, also }: { dryRun: boolean; also: () => Promise<void> },
): Promise<Outcome> {
  const { tx, model } = context
  requireRights(context, mine, wanted)
  const before = await loadModel(tx, model.tenantId)
  const last = await lastVersion(tx, model.tenantId)
  const fresh = freshProblems(mine, wanted)
  const problems =
    fresh.length > 0
      ? fresh
      : await attempt(context, dryRun, async () => {
          await reshape({ tx, model }, stored, mine, wanted)
          await also()
          const after = await loadWithTypes(context)
          const broken = newProblems(before, after).map(({ object, field, message }) => ({
            path: `objects.${object}.${field}`,
            message,
          }))
          if (broken.length > 0) return broken
          await followMetadata(context, before, after)
          if (!isDeepStrictEqual(mine.roles, wanted.roles)) await requireAdministrators(context)
          return []
        })
  if (dryRun) return { version: null, problems }
  if (problems.length > 0) throw refusal(problems)
  const made = await lastVersion(tx, model.tenantId)
  return { version: made > last ? made : null, problems: [] }
}

async function attempt(context: OperationContext, dryRun: boolean, work: () => Promise<Problem[]>): Promise<Problem[]> {
  try {
    return await tryOut(context.tx, work, (problems) => !dryRun && problems.length === 0)
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error
    if (error.details.length === 0) return [{ path: '', message: error.message }]
    return error.details.map(({ field, message }) => ({ path: field, message }))
  }
}

const refusal = (problems: Problem[]): AppError =>
  conflict(`This does not fit the workspace: ${[problems[0]!.path, problems[0]!.message].filter(Boolean).join(' ')}`, {
    details: problems.map(({ path, message }) => ({ field: path, message })),
  })

/** What template files are checked for and the workspace was not guilty of before. */
export function freshProblems(mine: Shape, wanted: Shape): Problem[] {
  const known = new Set(problemsOf(mine).map(({ path, message }) => `${path} ${message}`))
  return problemsOf(wanted).filter(({ path, message }) => !known.has(`${path} ${message}`))
}

/** Problems by the names of things: their places in lists move. */
function problemsOf(shape: Shape): Problem[] {
  return checkTemplate(asTemplate(shape)).map(({ path, message }) => {
    let place: unknown = shape
    const names = path
      .split(/[.[\]]+/)
      .filter(Boolean)
      .map((part) => {
        place = (place as Record<string, unknown> | undefined)?.[part]
        const { key, slug } = (typeof place === 'object' && place !== null ? place : {}) as {
          key?: string
          slug?: string
        }
        return /^\d+$/.test(part) ? (key ?? slug ?? part) : part
      })
    return { path: names.join('.'), message }
  })
}

/** A shape with a card of nothing in particular, for what only looks at shapes. */
const asTemplate = (shape: Shape): object => ({
  ...shape,
  slug: 'workspace',
  version: '1.0.0',
  name: { en: 'Workspace' },
  industry: 'workspace',
  description: { en: 'Workspace' },
  highlights: [{ en: 'Workspace' }],
  icon: 'box',
  color: 'gray',
  samples: {},
})

/** Whoever changes a part of the workspace needs the right to it, and hands out nothing that they do not have. */
function requireRights({ policy }: OperationContext, mine: Shape, wanted: Shape): void {
  const parts: [AdminPermission, (shape: Shape) => unknown][] = [
    ['objects', ({ objects }) => objects.map(({ views: _, ...object }) => object)],
    ['views', ({ objects }) => objects.flatMap(({ slug, views }) => (views?.length ? [[slug, views]] : []))],
    ['roles', ({ roles }) => roles],
    ['automation', ({ workflows, dashboards }) => [workflows, dashboards]],
  ]
  const lacking = parts.find(
    ([permission, part]) => !policy.admin.has(permission) && !isDeepStrictEqual(part(mine), part(wanted)),
  )
  if (lacking) {
    throw forbidden(
      `This also changes what the administrative permission “${lacking[0]}” is for, which you do not have. Ask somebody who has it.`,
    )
  }
  const adminOf = (shape: Shape, key: string) => shape.roles.find((role) => role.key === key)?.admin ?? []
  for (const { key } of [...mine.roles, ...wanted.roles]) {
    const [old, fresh] = [adminOf(mine, key), adminOf(wanted, key)]
    requireOwned(policy, [...fresh.filter((one) => !old.includes(one)), ...old.filter((one) => !fresh.includes(one))])
  }
}
