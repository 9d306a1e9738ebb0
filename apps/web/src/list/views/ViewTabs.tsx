import { Tabs } from '@mantine/core'
import type { ObjectMeta, View } from '@oneforge/client'
import { IconLock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { viewedPerson } from '../../api/viewAs.ts'
import type { ColumnControls } from '../columns/useColumns.ts'
import type { ListControls } from '../useListState.ts'
import { ChangedView } from './ChangedView.tsx'
import { ViewMenu } from './ViewMenu.tsx'
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
            <Tabs.Tab
              key={view.id}
              value={view.id}
              rightSection={view.ownedByMe ? <IconLock size={12} aria-label={t('view.private')} /> : undefined}
            >
              {view.label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </Tabs>
      {!viewedPerson() && <ChangedView object={object} list={list} columns={columns} />}
      <ViewMenu key={current} object={object} views={views} list={list} columns={columns} />
    </div>
  )
}
