import { Button, NativeSelect, SegmentedControl } from '@mantine/core'
import type { FieldMeta, ObjectMeta, TimelineZoom } from '@oneforge/client'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormatContext } from '../../fields/FormatProvider.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { useShortcuts } from '../../ui/useShortcuts.ts'
import calendarClasses from '../calendar/Calendar.module.css'
import { Beyond } from '../calendar/DiaryBar.tsx'
import type { Entries } from '../calendar/useEntries.ts'
import { dayAfter, formatDays } from '../calendar/zone.ts'
import type { ListControls } from '../useListState.ts'
import { type Scale, zooms } from './scale.ts'

interface TimelineBarProps {
  object: ObjectMeta
  list: ListControls
  scale: Scale
  zoom: TimelineZoom
  group: FieldMeta | undefined
  /** What it can be grouped by. */
  offered: FieldMeta[]
  beyond: Entries['beyond']
  onToday: () => void
  onTurn: (direction: 1 | -1) => void
}

/** Where one is in time and how closely one looks: t today, n and p on and back, d, w, m and q for the zoom. */
export function TimelineBar(props: TimelineBarProps) {
  const { object, list, scale, zoom, group, offered, beyond, onToday, onTurn } = props
  const { t } = useTranslation('calendar')
  const { locale } = useFormatContext()
  const look = (next: TimelineZoom) => list.setSettings({ zoom: next })
  useShortcuts({
    t: onToday,
    n: () => onTurn(1),
    p: () => onTurn(-1),
    d: () => look('day'),
    w: () => look('week'),
    m: () => look('month'),
    q: () => look('quarter'),
  })
  return (
    <div className={calendarClasses.diaryBar}>
      <Button variant="default" onClick={onToday}>
        {t('today')}
      </Button>
      <IconButton label={t('earlier')} onClick={() => onTurn(-1)}>
        <IconChevronLeft size={18} />
      </IconButton>
      <IconButton label={t('later')} onClick={() => onTurn(1)}>
        <IconChevronRight size={18} />
      </IconButton>
      <h2 className={calendarClasses.period} aria-live="polite">
        {formatDays(scale.first, dayAfter(scale.after, -1), locale)}
      </h2>
      {beyond && <Beyond object={object} {...beyond} />}
      <span className={calendarClasses.spring} />
      {offered.length > 0 && (
        <NativeSelect
          size="xs"
          aria-label={t('timeline.groups')}
          value={group?.key ?? ''}
          onChange={({ currentTarget }) => list.setSettings({ laneField: currentTarget.value })}
          data={[
            { value: '', label: t('timeline.noGroups') },
            ...offered.map(({ key, label }) => ({ value: key, label: t('timeline.groupsBy', { label }) })),
          ]}
        />
      )}
      <SegmentedControl
        size="xs"
        aria-label={t('timeline.zoom')}
        data={zooms.map((value) => ({ value, label: t(`timeline.${value}`) }))}
        value={zoom}
        onChange={(value) => look(value as TimelineZoom)}
      />
    </div>
  )
}
