import { Button, Popover, SegmentedControl, Stack } from '@mantine/core'
import type { FieldMeta, GroupInterval } from '@oneforge/client'
import { IconLayoutRows } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Select } from '../../ui/Select.tsx'
import classes from '../ListPage.module.css'
import type { ListControls } from '../useListState.ts'
import { isGroupable } from './groups.ts'

const intervals: GroupInterval[] = ['day', 'week', 'month', 'quarter', 'year']

/** By which fields a table is grouped: one, or one within the other. */
export function GroupMenu({ fields, list }: { fields: FieldMeta[]; list: ListControls }) {
  const { t } = useTranslation('list')
  const { groups, settings } = list.look
  const offered = fields.filter(isGroupable)
  const [first, second] = groups
  const dated = offered.some(({ key, type }) => groups.includes(key) && type.startsWith('date'))
  const choices = (other: string | undefined) =>
    offered.filter(({ key }) => key !== other).map(({ key, label }) => ({ value: key, label }))
  const change = (one: string | null, two: string | null | undefined) =>
    list.setGroups([one, two].filter((name) => name != null))
  const name = groups.length ? t('group.active', { count: groups.length }) : t('group.title')
  return (
    <Popover position="bottom-start" width={300} trapFocus>
      <Popover.Target>
        <Button
          variant={groups.length ? 'light' : 'subtle'}
          color={groups.length ? undefined : 'gray'}
          aria-label={name}
        >
          <IconLayoutRows size={16} />
          <span className={classes.buttonLabel}>{name}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('group.title')} p="xs">
        {/* The menu as a whole gets the focus first, so that no dropdown springs open. */}
        <Stack gap="xs" tabIndex={-1} data-autofocus>
          <Select
            size="xs"
            label={t('group.by')}
            placeholder={t('group.none')}
            data={choices(undefined)}
            value={first ?? null}
            onChange={(key) => change(key, key === second ? null : second)}
            clearable
            searchable
            comboboxProps={{ withinPortal: false }}
          />
          {first && (
            <Select
              size="xs"
              label={t('group.then')}
              placeholder={t('group.none')}
              data={choices(first)}
              value={second ?? null}
              onChange={(key) => change(first, key)}
              clearable
              searchable
              comboboxProps={{ withinPortal: false }}
            />
          )}
          {dated && (
            <SegmentedControl
              size="xs"
              aria-label={t('group.interval')}
              data={intervals.map((value) => ({ value, label: t(`group.${value}`) }))}
              value={settings.interval ?? 'month'}
              onChange={(interval) => list.setSettings({ interval: interval as GroupInterval })}
            />
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
