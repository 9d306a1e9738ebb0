import { Menu, TextInput } from '@mantine/core'
import { useDebouncedCallback, useDisclosure } from '@mantine/hooks'
import type { ObjectMeta } from '@oneforge/client'
import {
  IconCalendar,
  IconCalendarUser,
  IconCheck,
  IconLayoutGrid,
  IconLayoutKanban,
  IconPalette,
  IconSearch,
  IconTable,
  IconTimeline,
  IconX,
} from '@tabler/icons-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../ui/IconButton.tsx'
import { onDemand } from '../ui/onDemand.tsx'
import { useShortcuts } from '../ui/useShortcuts.ts'
import { ColumnChooser } from './columns/ColumnChooser.tsx'
import type { ColumnControls } from './columns/useColumns.ts'
import { FilterMenu } from './filters/FilterMenu.tsx'
import { GroupMenu } from './grouping/GroupMenu.tsx'
import classes from './ListPage.module.css'
import { layoutsOf } from './layouts.ts'
import { SortMenu } from './sorting/SortMenu.tsx'
import { densities } from './table/density.ts'
import { useListFields } from './useListFields.ts'
import type { Layout, ListControls } from './useListState.ts'

const ColorsDialog = onDemand(async () => (await import('./colors/ColorsDialog.tsx')).ColorsDialog)

/** Over how many relations a condition may look. */
const farthestFilter = 5

interface ListToolbarProps {
  object: ObjectMeta
  list: ListControls
  columns: ColumnControls
}

export function ListToolbar({ object, list, columns }: ListToolbarProps) {
  const fields = useListFields(object)
  return (
    <div className={classes.toolbar}>
      <SearchBox key={list.view?.id} object={object} list={list} />
      <FilterMenu
        fields={fields}
        ways={{ object, hops: farthestFilter }}
        filter={list.filter}
        onChange={list.setFilter}
      />
      <SortMenu object={object} fields={fields} sort={list.sort} onChange={list.setSort} />
      {list.layout === 'table' && <GroupMenu fields={fields} list={list} />}
      <span className={classes.spring} />
      <LayoutMenu object={object} list={list} />
      <ColumnChooser object={object} controls={columns} />
    </div>
  )
}

const layoutIcons: Record<Layout, typeof IconTable> = {
  table: IconTable,
  kanban: IconLayoutKanban,
  gallery: IconLayoutGrid,
  calendar: IconCalendar,
  schedule: IconCalendarUser,
  timeline: IconTimeline,
}

/** How the records are laid out, of the ways that suit the object. */
function LayoutMenu({ object, list }: Pick<ListToolbarProps, 'object' | 'list'>) {
  const { t } = useTranslation('list')
  const [isColoring, colors] = useDisclosure()
  const Current = layoutIcons[list.layout]
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <IconButton label={t('layout.title', { layout: t(`layout.${list.layout}`) })}>
            <Current size={18} />
          </IconButton>
        </Menu.Target>
        <Menu.Dropdown>
          {layoutsOf(object).map((layout) => {
            const Icon = layoutIcons[layout]
            return (
              <Menu.Item
                key={layout}
                aria-current={layout === list.layout || undefined}
                leftSection={<Icon size={16} />}
                rightSection={layout === list.layout ? <IconCheck size={14} /> : undefined}
                onClick={() => list.setLayout(layout)}
              >
                {t(`layout.${layout}`)}
              </Menu.Item>
            )
          })}
          {list.layout === 'table' && <TableItems list={list} onColors={colors.open} />}
        </Menu.Dropdown>
      </Menu>
      {isColoring && <ColorsDialog object={object} list={list} onClose={colors.close} />}
    </>
  )
}

/** How the rows of a table look. */
function TableItems({ list, onColors }: Pick<ListToolbarProps, 'list'> & { onColors: () => void }) {
  const { t } = useTranslation('list')
  const { density = 'normal' } = list.look.settings
  return (
    <>
      <Menu.Label>{t('density.title')}</Menu.Label>
      {densities.map((one) => (
        <Menu.Item
          key={one}
          aria-current={one === density || undefined}
          rightSection={one === density ? <IconCheck size={14} /> : undefined}
          onClick={() => list.setSettings({ density: one })}
        >
          {t(`density.${one}`)}
        </Menu.Item>
      ))}
      <Menu.Divider />
      <Menu.Item leftSection={<IconPalette size={16} />} onClick={onColors}>
        {t('colors.title')}
      </Menu.Item>
    </>
  )
}

/** Searches while one types; Escape empties it. */
function SearchBox({ object, list }: Omit<ListToolbarProps, 'columns'>) {
  const { t } = useTranslation('list')
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(list.search)
  const search = useDebouncedCallback(list.setSearch, 200)
  useShortcuts({ '/': () => input.current?.focus() })

  function change(next: string): void {
    setText(next)
    search(next.trim())
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      change('')
      input.current?.blur()
    }
    if (event.key === 'ArrowDown' || event.key === 'Enter') {
      document.querySelector<HTMLElement>('[data-table]')?.focus()
    }
  }

  return (
    <TextInput
      ref={input}
      className={classes.search}
      size="xs"
      type="search"
      aria-label={t('search', { objects: object.labelPlural })}
      placeholder={t('search', { objects: object.labelPlural })}
      leftSection={<IconSearch size={15} />}
      rightSection={
        text ? (
          <IconButton label={t('clearSearch')} size={22} onClick={() => change('')}>
            <IconX size={14} />
          </IconButton>
        ) : (
          <kbd className={classes.key}>/</kbd>
        )
      }
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
      onKeyDown={onKeyDown}
    />
  )
}
