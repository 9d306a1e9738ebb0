/** Begins changes of many records, lists them, takes them back, and hands out what they refused. */
import { requireAction, requireAdmin } from '@oneforge/kernel/access'
import { type Database, isId, newId } from '@oneforge/kernel/database'
import { type AppError, conflict, forbidden, notFound, validationError } from '@oneforge/kernel/errors'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import { requireBulkUpdate, select, visibleObject } from '@oneforge/kernel/records'
import { csvStream, type ExportCell } from '@oneforge/modules/exports'
import type { FileStorage } from '@oneforge/modules/files'
import type { AcceptedJob, LongJobs } from '@oneforge/modules/jobs'
import { objectOf } from '@oneforge/modules/records'
import { atStart, batchSize, beforeAll, bulkKind, doBatch, jobType } from './bulk.run.ts'
import type { BulkRequest } from './bulk.schemas.ts'
import {
  type BulkSettings,
  type ChangeRow,
  insertChange,
  insertChosen,
  insertNamed,
  insertTakenBack,
  type ListedChange,
  listChanges,
  type RefusedRecord,
  refusedAfter,
} from './bulk.store.ts'
import type { ForgetLater } from './forget.ts'

/** A change of more than these is a matter of an import, or of several changes. */
const mostRecords = 100_000

type AcceptedChange = AcceptedJob & { result?: object }

export class BulkService {
  private readonly storage: FileStorage
  private readonly longJobs: LongJobs
  private readonly forgetLater: ForgetLater

  constructor(options: { storage: FileStorage; longJobs: LongJobs; forgetLater: ForgetLater }) {
    this.storage = options.storage
    this.longJobs = options.longJobs
    this.forgetLater = options.forgetLater
    this.longJobs.register(bulkKind(this.storage))
  }

  /** Begins the change; what is wrong with all of it is said now, and what names few records is done at once. */
  async start(context: OperationContext, request: BulkRequest): Promise<AcceptedChange> {
    const { tx, model } = context
    const object = objectOf(context, request.object)
    const { action, ids, filter, search } = request
    requireOneChoice(request)
    await requireAllowed(context, object, request)
    const atOnce = ids !== undefined && ids.length <= batchSize
    const settings: BulkSettings = { source: atOnce ? context.source : 'bulk', locationId: context.locationId }
    if (action === 'update') settings.change = { updates: request.updates, add: request.add, remove: request.remove }
    if (!ids && !request.all) settings.chosen = { filter, search }
    const id = newId()
    const inTrash = action === 'restore' || action === 'purge'
    const chosen = ids ? undefined : select(context, object, { filter, search, deleted: inTrash })
    return this.run(context, object, { id, action, settings }, atOnce, async () => {
      if (!chosen) return insertNamed(tx, model.tenantId, id, ids!)
      const count = await insertChosen(tx, model.tenantId, id, { conditions: chosen.conditions, most: mostRecords })
      if (count <= mostRecords) return count
      const most = mostRecords.toLocaleString('en')
      throw validationError([{ field: 'filter', message: `finds more than ${most} records: narrow it` }])
    })
  }

  /** Takes a change back. */
  async undo(context: OperationContext, id: string): Promise<AcceptedChange> {
    const { tx, model } = context
    const { change, object } = await this.own(context, id)
    requireAction(context.policy, object, change.action === 'update' ? 'update' : 'delete')
    const refusal = refusalToUndo(change, context.now)
    if (refusal) throw refusal
    const undo = { id: newId(), action: 'undo' as const, undoes: id }
    const settings: BulkSettings = { source: 'undo', locationId: change.settings.locationId }
    const isSmall = change.result!.changed <= batchSize
    return this.run(context, object, { ...undo, settings }, isSmall, () =>
      insertTakenBack(tx, model.tenantId, undo.id, id),
    )
  }

  /** The caller's changes; everybody's for those who look after jobs. */
  async list(context: OperationContext, slug?: string): Promise<{ change: ListedChange; object: CompiledObject }[]> {
    const objects = slug ? [objectOf(context, slug)] : context.model.objects.filter((one) => isVisible(context, one))
    const createdBy = looksAfterJobs(context) ? null : context.actor.userId
    const objectIds = objects.map(({ id }) => id)
    const changes = await listChanges(context.tx, context.model.tenantId, { createdBy, objectIds })
    return changes.map((change) => ({ change, object: context.model.objectById.get(change.object_id)! }))
  }

  /** The records that a change refused, with the reasons. */
  async refused(
    context: OperationContext,
    id: string,
  ): Promise<{ fileName: string; body: ReadableStream<Uint8Array> }> {
    const { object } = await this.own(context, id)
    const cells = refusedCells(context.database, context.model.tenantId, id)
    return { fileName: `refused-${object.slug}.csv`, body: csvStream({ header: ['Record', 'Reason'], cells }) }
  }

  private async run(
    context: OperationContext,
    object: CompiledObject,
    change: Pick<ChangeRow, 'id' | 'action' | 'settings'> & { undoes?: string },
    atOnce: boolean,
    choose: () => Promise<number>,
  ): Promise<AcceptedChange> {
    const { tx, model, actor } = context
    if (!actor.userId) throw forbidden('Many records are changed by people, through a request.')
    const row = { ...change, object_id: object.id, created_by: actor.userId }
    const begin = async (): Promise<number> => {
      if (!(await insertChange(tx, model.tenantId, row))) throw undoneAlready()
      await this.forgetLater(tx, { changeId: change.id })
      return choose()
    }
    const job = { id: change.id, type: jobType, objectId: object.id, input: {} }
    if (!atOnce) {
      const accepted = await this.longJobs.start(context, job)
      await begin()
      return accepted
    }
    return this.longJobs.doAtOnce(context, job, async () => {
      const first = atStart(change.action, await begin())
      const { result, errors } = (await doBatch(context, change.id, this.storage, first)) ?? first
      return { result, errors }
    })
  }

  /** The change if it is the caller's own, or they look after jobs; otherwise 404. */
  private async own(context: OperationContext, id: string): Promise<{ change: ListedChange; object: CompiledObject }> {
    const [change] = isId(id) ? await listChanges(context.tx, context.model.tenantId, { id }) : []
    const object = change && context.model.objectById.get(change.object_id)
    const mine = change && (change.created_by === context.actor.userId || looksAfterJobs(context))
    if (!mine || !object || !isVisible(context, object)) throw notFound(`The bulk change ${id}`)
    return { change, object }
  }
}

const looksAfterJobs = ({ policy }: OperationContext): boolean => policy.admin.has('imports')

const isVisible = (context: OperationContext, { slug }: CompiledObject): boolean =>
  visibleObject(context, slug) !== undefined

/** What is meant must be said, and said once: nothing is done to every record because a filter was forgotten. */
function requireOneChoice({ ids, filter, search, all }: BulkRequest): void {
  const isFiltered = (filter !== undefined && filter !== null) || (search !== undefined && search.trim() !== '')
  const said = [ids !== undefined, isFiltered, all === true].filter(Boolean).length
  if (said === 1) return
  const message =
    said === 0
      ? 'must name the records, or choose them by a filter or a search; all: true means every record'
      : 'cannot be combined with filter, search or all'
  throw validationError([{ field: said > 1 && !ids ? 'all' : 'ids', message }])
}

async function requireAllowed(context: OperationContext, object: CompiledObject, request: BulkRequest): Promise<void> {
  const { action, updates, add, remove } = request
  if (action === 'update') return requireBulkUpdate(context, object, { updates, add, remove })
  for (const [field, value] of Object.entries({ updates, add, remove })) {
    if (value) throw validationError([{ field, message: `does not go with “${action}”` }])
  }
  requireAction(context.policy, object, 'delete')
  // Who may empty the trash can destroy what others are to restore: it takes whoever shapes objects.
  if (action === 'purge') requireAdmin(context.policy, 'objects')
}

const undoneAlready = (): AppError =>
  conflict('This change has been taken back already, or is being taken back. If that was stopped, resume its job.')

/** Why a change cannot be taken back, in words for whoever asked. */
function refusalToUndo(change: ListedChange, now: Date): AppError | undefined {
  if (change.action === 'undo') return conflict('This took a change back. Make the change again instead.')
  if (change.action === 'purge') return conflict('What was removed for good cannot be brought back.')
  if (change.undo_id) return undoneAlready()
  if (change.status === 'pending' || change.status === 'processing') {
    return conflict('The change is still running. Cancel it first, then undo what it has done.')
  }
  if (!change.result?.changed) return conflict('This changed nothing, so there is nothing to take back.')
  return isOver(change, now) ? conflict('A change can be taken back for 24 hours. Those are over.') : undefined
}

const isOver = ({ undo_until }: ListedChange, now: Date): boolean => undo_until === null || new Date(undo_until) <= now

/** Until when a change can be taken back; null where it cannot. */
export const undoUntil = (change: ListedChange, now: Date): string | null =>
  refusalToUndo(change, now) ? null : change.undo_until

const refusedPage = 1_000

/** A page at a time, each in a transaction of its own: a slow receiver holds no connection. */
async function* refusedCells(database: Database, tenantId: string, id: string): AsyncGenerator<ExportCell[]> {
  for (let after = beforeAll; ; ) {
    const rows = await database.run<RefusedRecord>({ tenantId }, refusedAfter(tenantId, id, after, refusedPage))
    for (const row of rows) yield [row.record_number ?? row.record_id, row.reason]
    if (rows.length < refusedPage) return
    after = rows.at(-1)!.record_id
  }
}
