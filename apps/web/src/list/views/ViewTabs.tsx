import { Button, Menu, Tabs } from '@mantine/core'
import type { ObjectMeta, View } from '@oneforge/client'
import { IconArrowBackUp, IconChevronDown, IconDeviceFloppy, IconPencil, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDeleteView, useUpdateView } from '../../api/objects.ts'
import { viewedPerson } from '../../api/viewAs.ts'
import { useMayAdmin } from '../../api/workspace.ts'
import { showError, showToast } from '../../ui/toast.tsx'
import type { ColumnControls } from '../columns/useColumns.ts'
import type { ListControls } from '../useListState.ts'
import { ViewNameDialog } from './ViewNameDialog.tsx'
import classes from './ViewTabs.module.css'

interface ViewTabsProps {
  object: ObjectMeta
  views: View[] | undefined
  list: ListControls
  columns: ColumnControls
}

/** The saved views as tabs; a list changed away from its view offers to save or to go back. */
export function ViewTabs({ object, views = [], list, columns }: ViewTabsProps) {
  const { t } = useTranslation('list')
  const current = list.view?.id ?? 'all'
  return (
    <div className={classes.bar}>
      <Tabs
        value={current}
        onChange={(id) => list.selectView(views.find((view) => view.id === id))}
        className={classes.tabs}
        classNames={{ list: classes.list, tab: classes.tab }}
        aria-label={t('view.label')}
      >
        <Tabs.List aria-label={t('view.label')}>
          {views.length === 0 && <Tabs.Tab value="all">{t('view.all', { objects: object.labelPlural })}</Tabs.Tab>}
          {views.map((view) => (
            <Tabs.Tab key={view.id} value={view.id}>
              {view.label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </Tabs>
      <ViewActions key={current} object={object} list={list} columns={columns} />
    </div>
  )
}

type Naming = { mode: 'save' } | { mode: 'rename'; view: View }

function ViewActions({ object, list, columns }: Omit<ViewTabsProps, 'views'>) {
  const { t } = useTranslation('list')
  const [naming, setNaming] = useState<Naming>()
  const update = useUpdateView(object.slug)
  const remove = useDeleteView(object.slug)
  const mayAdmin = useMayAdmin('views')
  const { view, isChanged } = list
  const mayKeep = !viewedPerson()
  const isMine = mayKeep && view !== undefined && (view.ownedByMe || mayAdmin)
  const contents = {
    type: list.layout,
    groupBy: list.layout === 'kanban' ? (view?.groupBy ?? object.roles.stage ?? null) : null,
    filter: list.filter,
    sort: list.sort,
    columns: columns.keys,
  }

  function save(): void {
    if (!view) return
    update.mutate(
      { id: view.id, ...contents },
      {
        onSuccess: () => {
          columns.reset()
          list.reset()
          showToast({ message: t('view.saved', { view: view.label }) })
        },
        onError: showError,
      },
    )
  }

  function removeView(): void {
    if (view) remove.mutate(view.id, { onSuccess: () => list.selectView(undefined), onError: showError })
  }

  if (!mayKeep && !isChanged) return null
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button
            variant={isChanged ? 'light' : 'subtle'}
            color={isChanged ? undefined : 'gray'}
            rightSection={<IconChevronDown size={14} />}
          >
            {t(isChanged && mayKeep ? 'view.save' : 'view.title')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {isChanged && (
            <Menu.Item leftSection={<IconArrowBackUp size={16} />} onClick={list.reset}>
              {t('view.reset')}
            </Menu.Item>
          )}
          {isMine && (isChanged || columns.isChanged) && (
            <Menu.Item leftSection={<IconDeviceFloppy size={16} />} onClick={save}>
              {t('view.saveTo', { view: view.label })}
            </Menu.Item>
          )}
          {mayKeep && (
            <Menu.Item leftSection={<IconDeviceFloppy size={16} />} onClick={() => setNaming({ mode: 'save' })}>
              {t('view.saveAs')}
            </Menu.Item>
          )}
          {isMine && (
            <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => setNaming({ mode: 'rename', view })}>
              {t('view.rename')}
            </Menu.Item>
          )}
          {isMine && (
            <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={removeView}>
              {t('view.delete')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {naming && (
        <ViewNameDialog
          object={object}
          renamed={naming.mode === 'rename' ? naming.view : undefined}
          contents={contents}
          onSaved={(saved) => {
            setNaming(undefined)
            if (naming.mode === 'save') list.selectView(saved)
          }}
          onClose={() => setNaming(undefined)}
        />
      )}
    </>
  )
}
