/** Workflows as they are built: drafts that may be unfinished, and definitions that run. */
import { isId } from '@oneforge/kernel/database'
import { AppError, conflict, notFound, validationError } from '@oneforge/kernel/errors'
import { bumpVersion, inLocale, type LocalizedText, localized } from '@oneforge/kernel/metadata'
import type { AnyOperation, OperationContext } from '@oneforge/kernel/operations'
import type { z } from 'zod'
import { requireMayRunAs } from '../../access/index.ts'
import { namesOfForms } from '../../forms/index.ts'
import { isCallable } from '../actions/index.ts'
import type { Workflow } from '../definition.ts'
import { workflowOf } from '../stored-form.ts'
import { checkWorkflow } from './check.ts'
import type { DefinitionInput, detail, draft, summary } from './definitions.schemas.ts'
import {
  type DraftRow,
  deleteDraft,
  deleteWorkflow,
  findDraft,
  findHook,
  findWorkflow,
  insertWorkflow,
  keysOfWorkflows,
  listMembers,
  listWorkflows,
  renameDraft,
  type WorkflowRow,
  writeDefinition,
  writeDraft,
  writeSettings,
} from './definitions.store.ts'
import type { Surroundings } from './names.ts'
import type { WorkflowProblem } from './problems.ts'

type Context = OperationContext
type Settings = { enabled?: boolean; ownerId?: string | null; folder?: string | null; label?: string | LocalizedText }

/** Workflows of a workspace, at the most. */
const mostWorkflows = 1_000

export class DefinitionsService {
  private readonly registered: () => AnyOperation[]

  /** @param registered all operations there are, once they are there. */
  constructor(registered: () => AnyOperation[]) {
    this.registered = registered
  }

  async list(context: Context, { search, folder, object }: { search?: string; folder?: string; object?: string }) {
    const rows = await listWorkflows(context.tx)
    const words = search?.toLowerCase().trim() ?? ''
    return rows
      .filter((row) => folder === undefined || (row.folder ?? '') === folder)
      .filter(({ definition }) => object === undefined || definition.object === object)
      .map((row) => present(context, row))
      .filter(({ label, key }) => `${label} ${key}`.toLowerCase().includes(words))
      .sort((a, b) => (a.folder ?? '').localeCompare(b.folder ?? '') || a.label.localeCompare(b.label))
  }

  async get(context: Context, id: string): Promise<z.input<typeof detail>> {
    const row = await this.row(context, id)
    const [draftRow, hook, around] = [
      await findDraft(context.tx, id),
      await findHook(context.tx, id),
      await this.surroundings(context),
    ]
    const definition = workflowOf(row.definition)
    return {
      ...present(context, row),
      definition,
      draft: draftRow ? presentDraft(draftRow, around) : null,
      problems: definition.steps.length > 0 ? checkWorkflow(definition, around) : [],
      webhook: hook ? { ending: hook.ending, madeAt: hook.made_at, calledAt: hook.called_at } : null,
    }
  }

  async check(context: Context, given: DefinitionInput): Promise<WorkflowProblem[]> {
    return checkWorkflow(definitionOf(context, given, given.key ?? ''), await this.surroundings(context))
  }

  /** Without problems it runs at once; with them it is kept as the draft of one that does nothing yet. */
  async create(
    context: Context,
    { definition: given, folder, enabled = true }: { definition: DefinitionInput; folder?: string; enabled?: boolean },
  ) {
    const { tx, actor } = context
    await bumpVersion(tx, context.model.tenantId)
    const key = await this.freeKey(context, given)
    const definition = definitionOf(context, given, key)
    const problems = checkWorkflow(definition, await this.surroundings(context))
    const isWhole = problems.length === 0
    if (isWhole) requireMayRunAs(context.policy, definition)
    const id = await insertWorkflow(tx, {
      definition: isWhole ? definition : emptyOf(definition),
      enabled: isWhole && enabled,
      folder: folder || null,
      ownerId: actor.userId,
    })
    if (!isWhole) await this.keepDraft(context, { workflowId: id, definition, seen: 0, basedOn: 1 })
    return this.get(context, id)
  }

  async duplicate(context: Context, id: string, label?: string | LocalizedText) {
    const row = await this.row(context, id)
    const standing = (await findDraft(context.tx, id))?.definition ?? workflowOf(row.definition)
    const { key: _, ...rest } = standing
    const named = label ?? suffixed(standing.label, ' (2)')
    return this.create(context, {
      definition: { ...rest, label: named } as DefinitionInput,
      enabled: false,
      ...(row.folder ? { folder: row.folder } : {}),
    })
  }

  async change(context: Context, id: string, { label, ...changes }: Settings) {
    await bumpVersion(context.tx, context.model.tenantId)
    const row = await this.row(context, id)
    const definition = workflowOf(row.definition)
    if (changes.enabled && definition.steps.length === 0) {
      throw conflict('This workflow has no steps yet. Publish its draft first, then turn it on.')
    }
    if (changes.enabled && !row.enabled) requireMayRunAs(context.policy, definition)
    if (changes.ownerId) await this.requireMember(context, changes.ownerId)
    await writeSettings(context.tx, id, {
      enabled: changes.enabled ?? row.enabled,
      folder: changes.folder === undefined ? row.folder : changes.folder || null,
      ownerId: changes.ownerId === undefined ? row.owner_id : changes.ownerId,
    })
    if (label !== undefined) await this.rename(context, row, localized(label, context.locale, definition.label))
    return this.get(context, id)
  }

  /** A draft of the version that stood is one of the version of the new name, and has it as well. */
  private async rename({ tx }: Context, row: WorkflowRow, label: LocalizedText): Promise<void> {
    await writeDefinition(tx, row.id, { ...workflowOf(row.definition), label })
    await renameDraft(tx, row.id, { label, version: row.version })
  }

  async remove(context: Context, id: string): Promise<void> {
    await bumpVersion(context.tx, context.model.tenantId)
    await this.row(context, id)
    await deleteWorkflow(context.tx, id)
  }

  /** @param seen the version of the draft that the change was made on; 0 where there was none. */
  async saveDraft(context: Context, id: string, given: DefinitionInput, seen: number) {
    const row = await this.row(context, id)
    const definition = definitionOf(context, given, row.key)
    await this.keepDraft(context, { workflowId: id, definition, seen, basedOn: row.version })
    return this.draftOf(context, id)
  }

  async discardDraft(context: Context, id: string): Promise<void> {
    await this.row(context, id)
    await deleteDraft(context.tx, id)
  }

  /** @throws VALIDATION_ERROR with every problem; CONFLICT where there is no draft, or another than was seen. */
  async publish(context: Context, id: string, seen: number | undefined) {
    await bumpVersion(context.tx, context.model.tenantId)
    const row = await this.row(context, id)
    const draftRow = await findDraft(context.tx, id, { lock: true })
    if (!draftRow) throw conflict('There is no draft to publish: nothing has been changed since the last version.')
    if (seen !== undefined && seen !== draftRow.version) throw await this.stale(context, id)
    if (draftRow.based_on !== row.version) {
      throw conflict(
        `The workflow has been changed since its draft was begun: the draft is of version ${draftRow.based_on}, and version ${row.version} runs. Duplicate the workflow to keep the draft, or discard it, and make the change on what runs now.`,
      )
    }
    requireNone(checkWorkflow(draftRow.definition, await this.surroundings(context)))
    requireMayRunAs(context.policy, draftRow.definition)
    const isFirst = workflowOf(row.definition).steps.length === 0
    await writeDefinition(context.tx, id, draftRow.definition)
    await deleteDraft(context.tx, id)
    // What was made to run begins to once it can.
    if (isFirst) await writeSettings(context.tx, id, { enabled: true, folder: row.folder, ownerId: row.owner_id })
    return this.get(context, id)
  }

  /** The workflow that is there, or NOT_FOUND. */
  async row(context: Context, id: string): Promise<WorkflowRow> {
    const row = isId(id) ? await findWorkflow(context.tx, id) : undefined
    if (!row) throw notFound('The workflow')
    return row
  }

  async surroundings(context: Context): Promise<Surroundings> {
    const { tx } = context
    const [members, workflows, forms] = [await listMembers(tx), await keysOfWorkflows(tx), await namesOfForms(tx)]
    return {
      model: context.model,
      members: new Set(members.map(({ id }) => id)),
      workflows: new Set(workflows.map(({ key }) => key)),
      forms: new Map(forms.map(({ id, objectId }) => [id, context.model.objectById.get(objectId)?.slug ?? ''])),
      operations: new Set(
        this.registered()
          .filter(isCallable)
          .map(({ name }) => name),
      ),
    }
  }

  private async keepDraft(
    context: Context,
    draftToKeep: { workflowId: string; definition: Workflow; seen: number; basedOn: number },
  ): Promise<void> {
    const isKept = await writeDraft(context.tx, { ...draftToKeep, savedBy: context.actor.userId })
    if (!isKept) throw await this.stale(context, draftToKeep.workflowId)
  }

  private async draftOf(context: Context, id: string): Promise<z.input<typeof draft> | null> {
    const row = await findDraft(context.tx, id)
    return row ? presentDraft(row, await this.surroundings(context)) : null
  }

  private async stale(context: Context, id: string): Promise<AppError> {
    const standing = await this.draftOf(context, id)
    const who = standing?.savedBy ? ` by ${standing.savedBy.name}` : ''
    const message = standing
      ? `The draft has been changed${who} since you opened it. Look at it as it is now, then repeat your change.`
      : 'The draft has been published or discarded since you opened it. Open the workflow again.'
    return conflict(message, { data: { draft: standing } })
  }

  private async requireMember(context: Context, userId: string): Promise<void> {
    const members = await listMembers(context.tx)
    if (!members.some(({ id }) => id === userId)) {
      throw validationError([{ field: 'ownerId', message: 'is not a member of this workspace' }])
    }
  }

  /** The key asked for, or one made of the label, which no other workflow has. */
  private async freeKey(context: Context, { key, label }: DefinitionInput): Promise<string> {
    const rows = await keysOfWorkflows(context.tx)
    const taken = new Set(rows.map((row) => row.key))
    if (rows.length >= mostWorkflows) {
      throw conflict(`A workspace has at most ${mostWorkflows} workflows. Delete those that are not needed any more.`)
    }
    if (key && taken.has(key)) throw conflict(`There is a workflow with the key “${key}” already. Choose another.`)
    if (key) return key
    const wanted = keyOf(inLocale(localized(label as string | LocalizedText, context.locale), 'en'))
    for (let number = 1; ; number++) {
      const candidate = number === 1 ? wanted : `${wanted}_${number}`
      if (!taken.has(candidate)) return candidate
    }
  }
}

const keyOf = (label: string): string => {
  const words = label
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[_0-9]+|_+$/g, '')
  return words.slice(0, 50) || 'workflow'
}

const suffixed = (label: LocalizedText, ending: string): LocalizedText =>
  Object.fromEntries(Object.entries(label).map(([language, text]) => [language, text + ending])) as LocalizedText

/** What stands for a workflow that is not finished: it does nothing. */
const emptyOf = ({ key, label, object }: Workflow): Workflow => ({
  key,
  label,
  ...(object === undefined ? {} : { object }),
  trigger: { type: 'called' },
  steps: [],
})

function definitionOf({ locale }: Context, given: DefinitionInput, key: string): Workflow {
  return { ...given, key, label: localized(given.label as string | LocalizedText, locale) } as Workflow
}

function requireNone(problems: WorkflowProblem[]): void {
  if (problems.length === 0) return
  const details = problems.map(({ path, message }) => ({ field: path, message }))
  const [first] = details
  const message = `The workflow cannot be published: ${problems.length === 1 ? 'one problem' : `${problems.length} problems`}, first ${first!.field}: ${first!.message}.`
  throw new AppError('VALIDATION_ERROR', message, { details, data: { problems } })
}

function present({ locale }: Context, row: WorkflowRow): z.input<typeof summary> {
  const { label, description, object, trigger, blocking, steps } = workflowOf(row.definition)
  return {
    id: row.id,
    key: row.key,
    label: inLocale(label, locale),
    description: description ?? null,
    object: object ?? null,
    trigger,
    blocking: blocking ?? false,
    enabled: row.enabled,
    published: steps.length > 0,
    version: row.version,
    owner: row.owner_id ? { id: row.owner_id, name: row.owner_name ?? '' } : null,
    folder: row.folder,
    hasDraft: row.has_draft,
    lastRunAt: row.last_run_at,
    counts: { running: row.running, waiting: row.waiting, failed: row.failed },
  }
}

const presentDraft = (row: DraftRow, around: Surroundings): z.input<typeof draft> => ({
  definition: row.definition,
  version: row.version,
  savedAt: row.saved_at,
  savedBy: row.saved_by ? { id: row.saved_by, name: row.saver_name ?? '' } : null,
  basedOn: row.based_on,
  problems: checkWorkflow(row.definition, around),
})
