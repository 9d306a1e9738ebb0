import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import type { ObjectMeta } from '@oneforge/client'
import { IconLayoutKanban, IconSearch, IconTable, IconX } from '@tabler/icons-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../ui/IconButton.tsx'
import { useShortcuts } from '../ui/useShortcuts.ts'
import { boardField } from './board/boardColumns.ts'
import { ColumnChooser } from './columns/ColumnChooser.tsx'
import type { ColumnControls } from './columns/useColumns.ts'
import { FilterMenu } from './filters/FilterMenu.tsx'
import classes from './ListPage.module.css'
import { useListFields } from './useListFields.ts'
import type { ListControls } from './useListState.ts'

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
      <span className={classes.spring} />
      <LayoutSwitch object={object} list={list} />
      <ColumnChooser object={object} controls={columns} />
    </div>
  )
}

/** Table or board, where the object has stages. */
function LayoutSwitch({ object, list }: Pick<ListToolbarProps, 'object' | 'list'>) {
  const { t } = useTranslation('list')
  if (!boardField(object, list.view?.groupBy)) return null
  const other = list.layout === 'table' ? 'kanban' : 'table'
  return (
    <IconButton label={t(`board.${other}`)} onClick={() => list.setLayout(other)}>
      {other === 'kanban' ? <IconLayoutKanban size={18} /> : <IconTable size={18} />}
    </IconButton>
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
