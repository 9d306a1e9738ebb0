/**
 * Writing records. Values are those that are shown (a relation is `{id, object, title}`); what travels is made here.
 * - useCreateRecord(slug): `mutateAsync(values)`; throws ApiError, whose `byField()` belongs beside the inputs.
 * - useUpdateRecord(slug): `mutate({record, changes})`: shown at once, rolled back with a toast when refused. When
 *   somebody saved in between, a dialog shows what they changed and asks whose value stays.
 * - useDeleteRecords(slug): `mutate(records)`: gone at once, with a toast that brings them back.
 * - useBulkUpdate(slug): `mutate({records, changes})`, with the same undo.
 */
import { ApiError, type BulkResult, type FieldMeta, type ObjectMeta, type RecordData } from '@oneforge/client'
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import { requestValues } from '../fields/requestValue.ts'
import { openConflict } from '../ui/ConflictDialog.tsx'
import { showError, showProgress, showToast } from '../ui/toast.tsx'
import { client, errorText } from './client.ts'
import { keys } from './keys.ts'
import { patchRecord, refreshAround, refreshLists, removeFromLists } from './recordCache.ts'

type Values = Record<string, unknown>

/** As many as one bulk call may carry. */
const bulkLimit = 1000
/** Restores at a time: quick, without crowding out other requests. */
const restoresAtOnce = 6
/** Milliseconds to wait after the server said that these were too many requests. */
const whenTooMany = 5_000

/** Values as the API takes them; the object's metadata is in memory whenever something shows its records. */
function wireValues(cache: QueryClient, slug: string, values: Values): Values {
  return requestValues(fieldsOf(cache, slug), values)
}

function fieldsOf(cache: QueryClient, slug: string): FieldMeta[] {
  return cache.getQueryData<ObjectMeta>(keys.object(slug))?.fields ?? []
}

export function useCreateRecord(slug: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (values: Values) => client.records.create(slug, wireValues(cache, slug, values)),
    onSuccess: (record) => {
      cache.setQueryData(keys.record(slug, record.id), record)
      refreshLists(cache, slug)
      refreshAround(cache, slug, record.id)
    },
  })
}

export interface RecordChange {
  /** The record as it is shown now: its version guards against overwriting, its values come back on a refusal. */
  record: RecordData
  changes: Values
  /** The caller says beside the field why the server refused it; otherwise a toast does. */
  explainsRefusal?: boolean
}

/** Versions that our own saves made: a second edit, begun before the first was answered, follows on it. */
const ownVersions = new Map<string, number>()

export function useUpdateRecord(slug: string) {
  const cache = useQueryClient()
  const mutationKey = ['update', slug]

  /** What was typed after the save being answered: still on its way, so it stays on the screen. */
  function laterChanges(id: string): Values {
    const pending = cache.getMutationCache().findAll({ mutationKey, status: 'pending' })
    const changes = pending.map(({ state }) => state.variables as RecordChange).filter(({ record }) => record.id === id)
    return Object.assign({}, ...changes.slice(1).map((change) => change.changes))
  }

  return useMutation({
    mutationKey,
    // One after the other: two edits of one record must not race for its version.
    scope: { id: `update-${slug}` },
    mutationFn: ({ record, changes }: RecordChange) => {
      const version = Math.max(record.version, ownVersions.get(record.id) ?? 0)
      return client.records.update(slug, record.id, wireValues(cache, slug, changes), version)
    },
    onMutate: async ({ record, changes }) => {
      await cache.cancelQueries({ queryKey: keys.record(slug, record.id) })
      patchRecord(cache, slug, record.id, changes)
    },
    onSuccess: (saved, { changes }) => {
      ownVersions.set(saved.id, saved.version)
      patchRecord(cache, slug, saved.id, { ...saved, ...laterChanges(saved.id) })
      refreshAround(cache, slug, saved.id)
      // Another record is linked now: columns that look over the relation have to ask for its values. And what moved
      // to another location is listed there.
      const isLinkedAnew = fieldsOf(cache, slug).some(({ key, type }) => type === 'relation' && key in changes)
      if (isLinkedAnew || 'locationId' in changes) refreshLists(cache, slug)
    },
    onError: (error, { record, changes, explainsRefusal }) => {
      patchRecord(cache, slug, record.id, before(record, changes))
      if (error instanceof ApiError && error.current) settleConflict(cache, slug, record, changes, error.current)
      else if (!explainsRefusal || !isAbout(error, changes)) showRefusal(cache, slug, error)
    },
  })
}

/** Whether the refusal concerns nothing but the fields that were changed. */
function isAbout(error: Error, changes: Values): boolean {
  const details = error instanceof ApiError ? error.details : []
  return details.length > 0 && details.every(({ field }) => field in changes)
}

/** The server names fields by key; the person knows them by label. */
function showRefusal(cache: QueryClient, slug: string, error: unknown): void {
  const details = error instanceof ApiError ? error.details : []
  const fields = fieldsOf(cache, slug)
  const lines = details.map(({ field, message }) => {
    const label = fields.find(({ key }) => key === field)?.label ?? i18next.t(`list:attribute.${field}`, field)
    return `${label}: ${message}`
  })
  showError(lines.length ? new Error(lines.join('\n')) : error)
}

function before(record: RecordData, changes: Values): Values {
  return Object.fromEntries(Object.keys(changes).map((key) => [key, record[key]]))
}

/** What others changed elsewhere in the record does not stand in our way; the same field needs a decision. */
function settleConflict(
  cache: QueryClient,
  slug: string,
  base: RecordData,
  changes: Values,
  current: RecordData,
): void {
  const saveOver = async () => {
    patchRecord(cache, slug, current.id, { ...current, ...changes })
    try {
      const saved = await client.records.update(slug, current.id, wireValues(cache, slug, changes), current.version)
      ownVersions.set(saved.id, saved.version)
      patchRecord(cache, slug, saved.id, saved)
      refreshAround(cache, slug, saved.id)
    } catch (error) {
      patchRecord(cache, slug, current.id, current)
      showRefusal(cache, slug, error)
    }
  }
  const isContested = Object.keys(changes).some((key) => JSON.stringify(base[key]) !== JSON.stringify(current[key]))
  if (!isContested) return void saveOver()
  patchRecord(cache, slug, current.id, current)
  openConflict({ slug, base, current, mine: changes, onOverwrite: saveOver })
}

export function useDeleteRecords(slug: string) {
  const cache = useQueryClient()
  const { t } = useTranslation('list')
  return useMutation({
    mutationFn: async (records: RecordData[]) => {
      const [first] = records
      if (records.length === 1 && first) return client.records.remove(slug, first.id)
      await inBulk(records, (ids) => client.records.bulkRemove(slug, ids))
    },
    onMutate: (records) => removeFromLists(cache, slug, new Set(records.map(({ id }) => id))),
    onSuccess: (_, records) => {
      refreshLists(cache, slug)
      showToast({
        message: t('deleted', { count: records.length, title: records[0]?.title }),
        undo: async () => {
          await restoreAll(slug, records)
          refreshLists(cache, slug)
        },
      })
    },
    onError: (error) => {
      refreshLists(cache, slug)
      showError(error)
    },
  })
}

async function restoreAll(slug: string, records: RecordData[]): Promise<void> {
  const waiting = [...records]
  const progress = progressOf(records.length)
  const worker = async () => {
    for (let record = waiting.pop(); record; record = waiting.pop()) {
      await restorePatiently(slug, record.id)
      progress.tell(records.length - waiting.length)
    }
  }
  await Promise.all(Array.from({ length: restoresAtOnce }, worker)).finally(progress.hide)
}

/** Thousands of requests may be more than the workspace's plan allows in a minute: then they wait for the next. */
async function restorePatiently(slug: string, id: string): Promise<void> {
  for (;;) {
    try {
      await client.records.restore(slug, id)
      return
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 429) throw error
      await new Promise((resolve) => setTimeout(resolve, whenTooMany))
    }
  }
}

export function useBulkUpdate(slug: string) {
  const cache = useQueryClient()
  const { t } = useTranslation('list')
  return useMutation({
    mutationFn: ({ records, changes }: { records: RecordData[]; changes: Values }) =>
      inBulk(records, (ids) => client.records.bulkUpdate(slug, ids, wireValues(cache, slug, changes))),
    onMutate: ({ records, changes }) => {
      for (const { id } of records) patchRecord(cache, slug, id, changes)
    },
    onSuccess: (_, { records, changes }) => {
      refreshLists(cache, slug)
      showToast({
        message: t('changed', { count: records.length }),
        undo: async () => {
          await putBack(cache, slug, records, Object.keys(changes))
          refreshLists(cache, slug)
        },
      })
    },
    onError: (error, { records, changes }) => {
      for (const record of records) patchRecord(cache, slug, record.id, before(record, changes))
      refreshLists(cache, slug)
      showError(error)
    },
  })
}

/** Records that had the same values go back together. */
async function putBack(cache: QueryClient, slug: string, records: RecordData[], fields: string[]): Promise<void> {
  const empty = Object.fromEntries(fields.map((key) => [key, null]))
  const groups = Map.groupBy(records, (record) => JSON.stringify(wireValues(cache, slug, before(record, empty))))
  for (const [values, group] of groups) {
    await inBulk(group, (ids) => client.records.bulkUpdate(slug, ids, JSON.parse(values)))
  }
}

/** Runs a bulk call in portions and turns items that were refused into one error that says why. */
async function inBulk(records: RecordData[], call: (ids: string[]) => Promise<BulkResult>): Promise<void> {
  const progress = progressOf(records.length)
  try {
    for (let from = 0; from < records.length; from += bulkLimit) {
      progress.tell(from)
      const result = await call(records.slice(from, from + bulkLimit).map(({ id }) => id))
      const refused = result.results.find(({ success }) => !success)
      if (refused) throw new Error(refusal(result, refused, records.length))
    }
  } finally {
    progress.hide()
  }
}

/** Tells how far a change of many records is; what is done in one go needs no telling. */
function progressOf(total: number): { tell: (done: number) => void; hide: () => void } {
  if (total <= bulkLimit) return { tell: () => {}, hide: () => {} }
  const textOf = (done: number) => i18next.t('list:bulk.progress', { count: done, total })
  const toast = showProgress(textOf(0))
  return { tell: (done) => toast.tell(textOf(done)), hide: toast.hide }
}

function refusal(result: BulkResult, refused: BulkResult['results'][number], total: number): string {
  const error = refused.error && new ApiError({ status: 0, ...refused.error })
  const reason = error ? (error.details[0]?.message ?? errorText(error)) : ''
  return total === 1 ? reason : `${result.failed} / ${total}: ${reason}`
}
