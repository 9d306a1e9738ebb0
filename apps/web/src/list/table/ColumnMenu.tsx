import { Menu } from '@mantine/core'
import type { ObjectMeta } from '@oneforge/client'
import {
  IconArrowDown,
  IconArrowUp,
  IconChevronDown,
  IconEyeOff,
  IconLayoutRows,
  IconPin,
  IconPinnedOff,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { type Column, withPinned } from '../columns/columnSettings.ts'
import type { ColumnControls } from '../columns/useColumns.ts'
import { isGroupable } from '../grouping/groups.ts'
import { isSortable } from '../listFields.ts'
import type { ListControls } from '../useListState.ts'
import classes from './RecordTable.module.css'

interface ColumnMenuProps {
  object: ObjectMeta
  column: Column
  isFirst: boolean
  list: ListControls
  controls: ColumnControls
}

/** What can be done with a column, at its heading. */
export function ColumnMenu({ object, column, isFirst, list, controls }: ColumnMenuProps) {
  const { t } = useTranslation('list')
  const { field } = column
  const isPinned = column.left !== undefined
  const pin = () => list.setSettings(withPinned(list.look.settings, field.key, !isPinned))
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <button type="button" className={classes.columnMenu} aria-label={t('columns.menu', { label: field.label })}>
          <IconChevronDown size={14} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {isSortable(object, field) && (
          <>
            <Menu.Item leftSection={<IconArrowUp size={16} />} onClick={() => list.setSort([field.key])}>
              {t('sort.up')}
            </Menu.Item>
            <Menu.Item leftSection={<IconArrowDown size={16} />} onClick={() => list.setSort([`-${field.key}`])}>
              {t('sort.down')}
            </Menu.Item>
          </>
        )}
        {isGroupable(field) && (
          <Menu.Item leftSection={<IconLayoutRows size={16} />} onClick={() => list.setGroups([field.key])}>
            {t('columns.group')}
          </Menu.Item>
        )}
        {!isFirst && (
          <>
            <Menu.Item leftSection={isPinned ? <IconPinnedOff size={16} /> : <IconPin size={16} />} onClick={pin}>
              {t(isPinned ? 'columns.unpin' : 'columns.pin')}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconEyeOff size={16} />}
              onClick={() => controls.setKeys(controls.keys.filter((key) => key !== field.key))}
            >
              {t('columns.hide')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
