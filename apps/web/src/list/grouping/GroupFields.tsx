import { SegmentedControl, Stack } from '@mantine/core'
import type { FieldMeta, GroupInterval } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { Select } from '../../ui/Select.tsx'
import type { ListControls } from '../useListState.ts'
import { isGroupable } from './groups.ts'

export interface GroupMenuProps {
  fields: FieldMeta[]
  list: ListControls
}

const intervals: GroupInterval[] = ['day', 'week', 'month', 'quarter', 'year']

/** The fields of a grouping, and how wide the groups of a date are. */
export function GroupFields({ fields, list }: GroupMenuProps) {
  const { t } = useTranslation('list')
  const { groups, settings } = list.look
  const offered = fields.filter(isGroupable)
  const [first, second] = groups
  const dated = offered.some(({ key, type }) => groups.includes(key) && type.startsWith('date'))
  const choices = (other: string | undefined) =>
    offered.filter(({ key }) => key !== other).map(({ key, label }) => ({ value: key, label }))
  const change = (one: string | null, two: string | null | undefined) =>
    list.setGroups([one, two].filter((name) => name != null))
  return (
    // The menu as a whole gets the focus first, so that no dropdown springs open.
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
  )
}
