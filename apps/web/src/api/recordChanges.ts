/**
 * Writing records. Values are those that are shown (a relation is `{id, object, title}`); what travels is made here.
 * - useCreateRecord(slug): `mutateAsync(values)`; throws ApiError, whose `byField()` belongs beside the inputs.
 * - useUpdateRecord(slug): `mutate({record, changes})`: shown at once, rolled back with a toast when refused. When
 *   somebody saved in between, a dialog shows what they changed and asks whose value stays.
 * - useDeleteRecord(slug): `mutate(record)`: gone at once, with a toast that brings it back.
 * What is done to several records at once is in list/bulk.
 */
import { ApiError, type FieldMeta, type ObjectMeta, type RecordData } from '@oneforge/client'
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import { requestValues } from '../fields/requestValue.ts'
import { openConflict } from '../ui/openConflict.ts'
import { showError, showToast } from '../ui/toast.tsx'
import { client } from './client.ts'
import { keys } from './keys.ts'
import { patchRecord, refreshAround, refreshLists, removeFromLists } from './recordCache.ts'

type Values = Record<string, unknown>

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
      refreshAround(cache)
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
      refreshAround(cache)
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
      refreshAround(cache)
    } catch (error) {
      patchRecord(cache, slug, current.id, current)
      showRefusal(cache, slug, error)
    }
  }
  if (!isContested(base, changes, current)) return void saveOver()
  patchRecord(cache, slug, current.id, current)
  void openConflict({ slug, base, current, mine: changes, onOverwrite: saveOver })
}

/** Whether what is to be changed was changed by somebody else. */
export function isContested(base: RecordData, changes: Values, current: RecordData): boolean {
  return Object.keys(changes).some((key) => JSON.stringify(base[key]) !== JSON.stringify(current[key]))
}

export function useDeleteRecord(slug: string) {
  const cache = useQueryClient()
  const { t } = useTranslation('list')
  return useMutation({
    mutationFn: ({ id }: RecordData) => client.records.remove(slug, id),
    onMutate: ({ id }) => removeFromLists(cache, slug, new Set([id])),
    onSuccess: (_, { id, title }) => {
      refreshLists(cache, slug)
      showToast({
        message: t('deleted', { title }),
        undo: async () => {
          await client.records.restore(slug, id)
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
