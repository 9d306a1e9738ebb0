/** Pasted rows for which the table has no record: said, and offered as new records, never dropped in silence. */
import { Text } from '@mantine/core'
import { openConfirmModal } from '@mantine/modals'
import type { BulkResult } from '@oneforge/client'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../../../api/client.ts'
import { problemWords } from '../../../api/problemWords.ts'
import { refreshLists } from '../../../api/recordCache.ts'
import { isEditable } from '../../../fields/FieldEditor.tsx'
import { useFormatContext } from '../../../fields/FormatProvider.tsx'
import { requestValues } from '../../../fields/requestValue.ts'
import { showError, showToast } from '../../../ui/toast.tsx'
import type { Grid } from '../useGridState.ts'
import { findNamed } from './linkTitles.ts'
import { namesIn, newRecordsOf, type Pasted, pasteTargets, sorted } from './pasted.ts'

/** As many as one request may carry. */
const mostAtOnce = 500

/** @returns what offers the rows, once all that fits has been pasted. */
export function useNewRows(grid: Grid): (rest: Pasted) => void {
  const { t } = useTranslation('list')
  const context = useFormatContext()
  const cache = useQueryClient()
  const { object, columns, range, hasMore } = grid
  const name = { objects: object.labelPlural }

  async function create(rest: Pasted): Promise<void> {
    const into = newRecordsOf(rest, {
      fields: columns.map(({ field }) => field),
      left: range?.left ?? 0,
      mayEdit: isEditable,
    })
    const targets = pasteTargets(rest, into, context)
    const { edits } = sorted(targets, await findNamed(cache, namesIn(targets)))
    const byRow = Map.groupBy(edits, ({ record }) => record.id)
    const records = [...byRow.values()].map((row) =>
      requestValues(object.fields, Object.fromEntries(row.map(({ field, value }) => [field.key, value]))),
    )
    const answers: BulkResult[] = []
    for (let from = 0; from < records.length; from += mostAtOnce)
      answers.push(await client.records.bulkCreate(object.slug, records.slice(from, from + mostAtOnce)))
    tell(answers.flatMap(({ results }) => results))
  }

  function tell(results: BulkResult['results']): void {
    const ids = results.flatMap(({ success, id }) => (success && id ? [id] : []))
    refreshLists(cache, object.slug)
    const undo = async () => {
      for (let from = 0; from < ids.length; from += mostAtOnce)
        await client.records.bulkRemove(object.slug, ids.slice(from, from + mostAtOnce))
      refreshLists(cache, object.slug)
    }
    if (ids.length > 0) showToast({ message: t('cells.beyond.created', { count: ids.length, ...name }), undo })
    const refused = results.find(({ success }) => !success)
    if (!refused) return
    const reasons = refused.error?.details?.map(problemWords).join('; ')
    const reason = reasons || refused.error?.message
    showError(new Error(t('cells.beyond.refused', { count: results.length - ids.length, reason })))
  }

  return (rest) => {
    const count = rest.rows.length
    if (hasMore || !object.permissions.create) {
      showError(new Error(t(hasMore ? 'cells.beyond.unloaded' : 'cells.beyond.leftOut', { count })))
      return
    }
    openConfirmModal({
      title: t('cells.beyond.title', { count }),
      children: <Text size="sm">{t('cells.beyond.text', { count, ...name })}</Text>,
      labels: { confirm: t('cells.beyond.create', { count }), cancel: t('cells.beyond.leave') },
      onConfirm: () => create(rest).catch(showError),
    })
  }
}
