import { Button } from '@mantine/core'
import type { ObjectMeta, View, ViewInput } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useUpdateView } from '../../api/objects.ts'
import { onDemand } from '../../ui/onDemand.tsx'
import { showError, showToast } from '../../ui/toast.tsx'
import type { ColumnControls } from '../columns/useColumns.ts'
import type { ListControls } from '../useListState.ts'
import { useViewContents } from './useViewContents.ts'
import classes from './ViewTabs.module.css'

const ViewNameDialog = onDemand(async () => (await import('./ViewNameDialog.tsx')).ViewNameDialog)

interface ChangedViewProps {
  object: ObjectMeta
  list: ListControls
  columns: ColumnControls
}

/**
 * Beside the tabs while the list is not as its view: save it there, where one may, or take it back. A view that others
 * see is not overwritten in passing: a new one is offered first, and what was saved for everyone can be undone.
 */
export function ChangedView({ object, list, columns }: ChangedViewProps) {
  const { t } = useTranslation('list')
  const contents = useViewContents(list, columns)
  const update = useUpdateView(object.slug)
  const [isNaming, setNaming] = useState(false)
  const { view } = list
  if (!list.isChanged && !columns.isChanged) return null
  const isShared = view !== undefined && view.visibility !== 'private'
  const offersNew = isShared || !view?.mayChange

  function discard(): void {
    columns.forgetWidths()
    list.reset()
  }

  function save(before: View): void {
    const { id, version } = before
    update.mutate(
      { id, version, ...contents },
      {
        onSuccess: (saved) => {
          discard()
          const undo = async () => {
            await update.mutateAsync({ id, version: saved.version, ...contentsOf(before) })
          }
          showToast({ message: t('view.saved', { view: before.label }), undo })
        },
        onError: showError,
      },
    )
  }

  return (
    <>
      <span className={classes.mark} role="status">
        {t('view.changed')}
      </span>
      <Button variant="subtle" color="gray" onClick={discard}>
        {t('view.discard')}
      </Button>
      {view?.mayChange && (
        <Button
          variant={isShared ? 'subtle' : 'light'}
          color={isShared ? 'gray' : undefined}
          loading={update.isPending}
          onClick={() => save(view)}
        >
          {t(isShared ? 'view.saveForAll' : 'view.saveTo')}
        </Button>
      )}
      {offersNew && (
        <Button variant="light" onClick={() => setNaming(true)}>
          {t('view.saveNew')}
        </Button>
      )}
      {isNaming && (
        <ViewNameDialog
          object={object}
          renamed={undefined}
          proposal=""
          contents={contents}
          onSaved={(saved) => {
            setNaming(false)
            columns.forgetWidths()
            list.selectView(saved)
          }}
          onClose={() => setNaming(false)}
        />
      )}
    </>
  )
}

const contentsOf = ({ type, filter, sort, columns, groupBy, settings }: View): Omit<ViewInput, 'label'> => ({
  type,
  filter,
  sort,
  columns,
  groupBy,
  settings,
})
