/** Takes changes of metadata back: one version, or all since one. What comes of it is a new version. */
import { AppError, conflict, type FieldProblem, forbidden } from '@oneforge/kernel/errors'
import {
  bumpVersion,
  changesBetween,
  changesOfVersions,
  changesSince,
  currentStates,
  type LaterChange,
  lastVersion,
  loadModel,
  type MetadataChange,
  type MetadataState,
  nameVersion,
  type RoleDefinition,
  storedKey,
  type TenantModel,
  takeBack,
  tryOut,
  type VersionedKind,
  type WantedState,
  writeStates,
} from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import { type DeferredWork, recordNumbersStarted, workToTheEnd } from '@oneforge/kernel/records'
import { requireAdministrators, requireMayRunAs, requireOwned } from '../access/index.ts'
import { recordsWithOption } from './dependents.store.ts'
import { followMetadata, newProblems } from './following.ts'
import { heldRoles, type Loss, lossesOf } from './losses.store.ts'
import { type PresentedChange, presentChanges } from './versions.presentation.ts'
import { adminFor, readerOf, requireVersion } from './versions.service.ts'
import { propertyName, wordsIn } from './versions.words.ts'

export interface UndoConflict {
  kind: VersionedKind
  object: string | null
  key: string
  property: string
  message: string
  /** The later version that is in the way. */
  version: number | null
}

export interface Undone {
  /** Null where nothing was done. */
  version: number | null
  changes: PresentedChange[]
  conflicts: UndoConflict[]
  losses: Loss[]
}

interface Plan {
  wanted: WantedState[]
  /** As they are to become, for telling. */
  changes: MetadataChange[]
  conflicts: { change: MetadataChange; path: string[]; later?: LaterChange }[]
}

/** Gives back what the version changed; what others changed since stays, and stops it where it is the same thing. */
export async function undoVersion(context: OperationContext, number: number, dryRun: boolean): Promise<Undone> {
  await requireVersion(context, number)
  return carryOut(context, dryRun, { undoes: number }, async () => {
    const { tenantId } = context.model
    const changes = (await changesOfVersions(context.tx, tenantId, [number], 100_000)).get(number) ?? []
    return planUndo(context, number, changes)
  })
}

/** Brings back everything as it was right after the version; 0 is before the first. */
export async function restoreVersion(context: OperationContext, number: number, dryRun: boolean): Promise<Undone> {
  if (number > 0) await requireVersion(context, number)
  return carryOut(context, dryRun, { restores: number }, async () => {
    const { tenantId } = context.model
    const last = await lastVersion(context.tx, tenantId)
    const changes = await changesBetween(context.tx, tenantId, number, last)
    const current = await currentStates(context.tx, tenantId, changes)
    const wanted = changes.map(({ kind, id, before }) => ({ kind, id, state: before, isThere: current.has(id) }))
    const told = changes.map(({ kind, id, before, after }) => ({ kind, id, before: after, after: before }))
    return { wanted, changes: told, conflicts: [] }
  })
}

async function planUndo(context: OperationContext, number: number, changes: MetadataChange[]): Promise<Plan> {
  const { tx, model } = context
  const current = await currentStates(tx, model.tenantId, changes)
  const since = await changesSince(
    tx,
    model.tenantId,
    number,
    changes.map(({ id }) => id),
  )
  const plan: Plan = { wanted: [], changes: [], conflicts: [] }
  for (const change of changes) {
    const { kind, id } = change
    const now = current.get(id) ?? null
    const { state, conflicts } = stateBefore(change, now)
    for (const path of conflicts) {
      plan.conflicts.push({ change, path, later: since.find((later) => later.id === id && touches(later, path)) })
    }
    if (JSON.stringify(state) === JSON.stringify(now)) continue
    plan.wanted.push({ kind, id, state, isThere: now !== null })
    plan.changes.push({ kind, id, before: now, after: state })
  }
  return plan
}

/** Columns that follow others: they give way to whatever has come since. */
const yielding = ['slot', 'position']

function stateBefore(
  { before, after }: MetadataChange,
  now: MetadataState | null,
): { state: MetadataState | null; conflicts: string[][] } {
  const plain = takeBack(now ?? undefined, before ?? undefined, after ?? undefined)
  const serious = plain.conflicts.filter(([first]) => first === undefined || !yielding.includes(first))
  if (serious.length === 0) return { state: (plain.state as MetadataState | undefined) ?? null, conflicts: [] }
  // Made by the version, and only moved since: it may still go.
  const isMade = before === null && now !== null && after !== null
  if (isMade && isSame(now, after)) return { state: null, conflicts: [] }
  return { state: now, conflicts: serious }
}

const isSame = (one: MetadataState, other: MetadataState): boolean => {
  const kept = (state: MetadataState) =>
    JSON.stringify(
      Object.entries(state)
        .filter(([column]) => !yielding.includes(column))
        .sort(),
    )
  return kept(one) === kept(other)
}

const touches = ({ before, after }: MetadataChange, path: string[]): boolean => {
  const at = (state: unknown) =>
    path.reduce<unknown>((value, part) => (value as Record<string, unknown> | null | undefined)?.[part], state)
  return path.length === 0 || JSON.stringify(at(before)) !== JSON.stringify(at(after)) || path.includes('options')
}

/** Does what is planned, or does it and takes it back to tell what would come of it. */
async function carryOut(
  context: OperationContext,
  dryRun: boolean,
  about: { undoes?: number; restores?: number },
  plan: () => Promise<Plan>,
): Promise<Undone> {
  const { tx, model } = context
  const begin = async () => {
    await bumpVersion(tx, model.tenantId)
    await nameVersion(tx, about)
  }
  if (!dryRun) await begin()
  const before = await loadModel(tx, model.tenantId)
  const { wanted, changes, conflicts } = await plan()
  requireRights(context, changes)
  const reader = await readerOf(context)
  const inTheWay = conflicts.map((one) =>
    presentConflict(one, presentChanges([one.change], reader)[0]!, context.locale),
  )
  // Values are counted before the turn is taken: nobody who writes waits for that.
  const losses = dryRun ? await lossesOf(tx, before, changes) : []
  if (dryRun) await begin()
  const presented = presentChanges(changes, reader)
  const found = inTheWay.length > 0 ? [] : await attempt(context, before, wanted, changes, dryRun)
  const all = [...inTheWay, ...found]
  if (all.length > 0 && !dryRun) throw refusal(all, context.locale)
  if (dryRun || wanted.length === 0) return { version: null, changes: presented, conflicts: all, losses }
  return { version: await lastVersion(tx, model.tenantId), changes: presented, conflicts: [], losses }
}

/** Writes the states and lets everything follow; gives what does not fit together. */
async function attempt(
  context: OperationContext,
  before: TenantModel,
  wanted: WantedState[],
  changes: MetadataChange[],
  dryRun: boolean,
): Promise<UndoConflict[]> {
  const { tx, model } = context
  const held = await heldRoles(tx, model.tenantId, rolesThatGo(changes))
  if (held.length > 0) {
    return held.map(({ key, members }) =>
      problem('role', null, key, '', `is held by ${members} members: give them another role first`),
    )
  }
  try {
    return await tryOut(
      tx,
      () => reshape(context, before, wanted, changes),
      (problems) => !dryRun && problems.length === 0,
    )
  } catch (error) {
    const refused = refusalOf(error, context.locale)
    if (!refused) throw error
    return refused.map(({ field, message }) => problem('object', null, '', field, message))
  }
}

async function reshape(
  context: OperationContext,
  before: TenantModel,
  wanted: WantedState[],
  changes: MetadataChange[],
): Promise<UndoConflict[]> {
  const { tx, model } = context
  await writeStates(tx, model.tenantId, withFreeSlots(wanted, before))
  const after = await loadModel(tx, model.tenantId)
  const problems = newProblems(before, after)
  if (problems.length > 0) {
    return problems.map(({ object, field, message }) => problem('object', object, object, field, message))
  }
  const held = await stagesHeld(context, before, after)
  if (held.length > 0) return held
  await followMetadata(context, before, after)
  await reinstateOptions(context, before, after)
  if (changes.some(({ kind }) => kind === 'role')) await requireAdministrators(context)
  return []
}

/** Records that held options or stages which are there again get them back, as far as nobody changed them since. */
async function reinstateOptions(context: OperationContext, before: TenantModel, after: TenantModel): Promise<void> {
  for (const object of after.objects) {
    for (const field of object.fields) {
      const earlier = before.objectById.get(object.id)?.fields.find(({ id }) => id === field.id)
      if (earlier?.type !== field.type) continue
      const values = [...field.optionByValue.keys()].filter((value) => !earlier.optionByValue.has(value))
      if (values.length === 0 || !(await recordNumbersStarted(context.tx, after, object))) continue
      const work: DeferredWork = { kind: 'reinstate', objectId: object.id, fieldId: field.id, values }
      if (context.defer) await context.defer(work)
      else await workToTheEnd({ ...context, model: after }, work)
    }
  }
}

/** Stages that would go while records stand in them. */
async function stagesHeld(context: OperationContext, before: TenantModel, after: TenantModel): Promise<UndoConflict[]> {
  const conflicts: UndoConflict[] = []
  for (const object of after.objects) {
    for (const field of object.fields) {
      const earlier = before.objectById.get(object.id)?.fields.find(({ id }) => id === field.id)
      const hasStages = object.pipelines.some((pipeline) => pipeline.field === field.key)
      if (earlier?.type !== field.type || !hasStages) continue
      for (const value of earlier.optionByValue.keys()) {
        if (field.optionByValue.has(value)) continue
        const option = { key: storedKey(field), value }
        const records = await recordsWithOption(context.tx, after.tenantId, object.id, option)
        const message = wordsIn(context.locale).stageHeld(value, records)
        if (records > 0) conflicts.push(problem('field', object.slug, field.key, `options.${value}`, message))
      }
    }
  }
  return conflicts
}

/** What can be told as a conflict: refusals, and a name that something else has by now. */
function refusalOf(error: unknown, locale: string): FieldProblem[] | undefined {
  if (error instanceof AppError && error.status < 500) {
    return error.details.length > 0 ? error.details : [{ field: '', message: error.message }]
  }
  const { code } = error as { code?: string }
  return code === '23505' ? [{ field: '', message: wordsIn(locale).nameTaken }] : undefined
}

const rolesThatGo = (changes: MetadataChange[]): string[] =>
  changes.flatMap(({ kind, id, after }) => (kind === 'role' && after === null ? [id] : []))

/** Fields get the slot that they had unless another has taken it since; then they go without until they are saved again. */
function withFreeSlots(wanted: WantedState[], { objects }: TenantModel): WantedState[] {
  const touched = new Set(wanted.map(({ id }) => id))
  const taken = new Set(
    objects.flatMap(({ id, fields }) =>
      fields.flatMap((field) => {
        const storage = field.filling ?? field.storage
        return touched.has(field.id) || storage.kind !== 'slot' ? [] : [`${id} ${storage.column.slice(1)}`]
      }),
    ),
  )
  return wanted.map((one) => {
    if (one.kind !== 'field' || !one.state || one.state.slot == null) return one
    const place = `${one.state.object_id} ${one.state.slot}`
    if (!taken.has(place)) {
      taken.add(place)
      return one
    }
    const free = Array.from({ length: 10 }, (_, index) => index + 1).find(
      (slot) => !taken.has(`${one.state!.object_id} ${slot}`),
    )
    if (free) taken.add(`${one.state.object_id} ${free}`)
    return { ...one, state: { ...one.state, slot: free ?? null } }
  })
}

/** Who takes a change back needs the right to make it, and hands out nothing that they do not have. */
function requireRights({ policy }: OperationContext, changes: MetadataChange[]): void {
  const lacking = changes.map(adminFor).find((permission) => !policy.admin.has(permission))
  if (lacking) {
    throw forbidden(
      `This also changes what the administrative permission “${lacking}” is for, which you do not have. Ask somebody who has it.`,
    )
  }
  for (const { kind, before, after } of changes) {
    // One that comes back is off: whoever turns it on is asked then.
    if (kind === 'workflow' && before && after) {
      requireMayRunAs(policy, after.definition as unknown as { key: string; runAs?: string })
    }
    if (kind !== 'role') continue
    const [old, fresh] = [before, after].map(
      (state) => (state?.definition as Partial<RoleDefinition> | null)?.admin ?? [],
    )
    requireOwned(policy, [
      ...fresh!.filter((one) => !old!.includes(one)),
      ...old!.filter((one) => !fresh!.includes(one)),
    ])
  }
}

const problem = (
  kind: VersionedKind,
  object: string | null,
  key: string,
  property: string,
  message: string,
): UndoConflict => ({ kind, object, key, property, message, version: null })

function presentConflict(
  { path, later }: Plan['conflicts'][number],
  { kind, object, key }: PresentedChange,
  locale: string,
): UndoConflict {
  const property = path.join('.')
  const words = wordsIn(locale)
  const name = path.length > 0 ? propertyName(path, locale) : undefined
  const message = later ? words.changedAgain(name, later.number, later.actor_name) : words.changedSince(name)
  return { kind, object, key, property, message, version: later?.number ?? null }
}

function refusal(conflicts: UndoConflict[], locale: string): AppError {
  const nameOf = ({ object, key, property }: UndoConflict) =>
    [...new Set([object, key])]
      .filter(Boolean)
      .concat(property ? [property.replace(/^definition\./, '')] : [])
      .join('.')
  const details = conflicts.map((one) => ({ field: nameOf(one) || 'workspace', message: one.message }))
  const [first] = details
  return conflict(wordsIn(locale).cannotTakeBack(`${first!.field}: ${first!.message}`), {
    details,
    data: { conflicts },
  })
}
